/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** One open connector and the thread on which it is called: nothing of a plug-in gets out. */
package io.passbridge.connector.supervision.session;
