/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** The embedded database, H2, held to what it promises. */
package io.passbridge.jdbc.h2;
