/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** Signing in to a Kerberos realm. Carried inside the connectors that do so. */
package io.passbridge.kerberos;
