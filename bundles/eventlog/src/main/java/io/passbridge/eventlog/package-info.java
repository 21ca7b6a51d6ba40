/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** The event journal, forwarded to the Windows event log. */
package io.passbridge.eventlog;
