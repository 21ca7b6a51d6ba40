/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.session;

import java.security.SecureRandom;
import java.util.Arrays;

/** Always the same bytes, so that a recorded session can be played again. */
final class ConstantRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;

    @Override
    public void nextBytes(byte[] bytes) {
        Arrays.fill(bytes, (byte) 0x5a);
    }
}
