/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** Times as directories write them, and when those who listen to a directory look. */
package io.passbridge.times;
