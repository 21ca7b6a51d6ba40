/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** The commands {@code sync:*}: routes, their cycles, and why a user is or is not in step. */
package io.passbridge.shell.sync;
