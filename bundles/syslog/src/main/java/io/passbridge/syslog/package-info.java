/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** The event journal, forwarded to a syslog receiver. */
package io.passbridge.syslog;
