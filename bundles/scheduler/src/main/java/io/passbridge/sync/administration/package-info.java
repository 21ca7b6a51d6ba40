/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** What people, scripts and the shell ask of the routes, and what they are told. */
package io.passbridge.sync.administration;
