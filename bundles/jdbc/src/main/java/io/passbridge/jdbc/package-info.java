/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * A database of a bundle: where it is, its connections, and how its schema follows the releases.
 * Carried inside the bundles that have one.
 */
package io.passbridge.jdbc;
