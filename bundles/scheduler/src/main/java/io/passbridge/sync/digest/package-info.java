/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** From a source credential to what leaves: schemes, threads, and how long a full cycle takes. */
package io.passbridge.sync.digest;
