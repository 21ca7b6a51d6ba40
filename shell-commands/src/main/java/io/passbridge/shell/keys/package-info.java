/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** The commands {@code keys:*}: the key set that seals the secrets of the platform. */
package io.passbridge.shell.keys;
