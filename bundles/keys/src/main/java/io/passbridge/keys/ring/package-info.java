/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** What a key set consists of: immutable values that files are read into and written from. */
package io.passbridge.keys.ring;
