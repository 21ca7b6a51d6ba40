/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** TLS connections to servers, and what the FIPS policy leaves of them. */
package io.passbridge.tls;
