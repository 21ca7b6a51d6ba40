/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** The commands {@code account:*}: the accounts with which connector instances sign in. */
package io.passbridge.shell.account;
