/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.credential;

/** The FIPS policy does not permit a legacy primitive for a purpose. */
public final class LegacyRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LegacyRefusedException(LegacyAlgorithm algorithm, String purpose) {
        super(
                "the FIPS policy does not permit "
                        + algorithm
                        + " to "
                        + purpose
                        + "; add '"
                        + purpose
                        + "' to 'exceptions' in etc/io.passbridge.fips.cfg to allow it");
    }
}
