/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** Compares what targets hold with what sources hold. */
package io.passbridge.sync.parity;
