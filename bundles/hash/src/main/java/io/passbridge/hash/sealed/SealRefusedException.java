/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.sealed;

/** A sealed credential is not opened; the message says why, with nothing of it. */
public final class SealRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * @param reason in words
     */
    public SealRefusedException(String reason) {
        super("the sealed credential is refused: " + reason);
    }
}
