/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.file;

/** What becomes of a generation of the key set after the next one is written. */
public enum Previous {
    /** It stays beside the new one, should that be damaged. */
    KEPT,
    /** It goes: it holds something that is to be gone, such as a destroyed key. */
    ERASED
}
