/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** Tells somebody by mail or webhook what only a human can mend. */
package io.passbridge.notifications;
