/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** The commands {@code connector:*}: connector instances and how they are. */
package io.passbridge.shell.connector;
