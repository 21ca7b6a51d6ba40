/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.credential;

/** The FIPS policy does not permit a legacy primitive for a purpose. */
public final class LegacyRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param remedy what allows it: which setting in which file
     */
    public LegacyRefusedException(LegacyAlgorithm algorithm, String purpose, String remedy) {
        super("the FIPS policy does not permit " + algorithm + " to " + purpose + "; " + remedy);
    }
}
