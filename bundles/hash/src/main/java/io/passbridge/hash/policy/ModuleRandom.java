/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.policy;

import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.util.function.Supplier;

/** Random numbers of whichever source there is at the moment. Thread-safe if the sources are. */
final class ModuleRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;

    ModuleRandom(Supplier<SecureRandom> source) {
        super(new Spi(source), null);
    }

    private static final class Spi extends SecureRandomSpi {
        private static final long serialVersionUID = 1L;

        private final transient Supplier<SecureRandom> source;

        private Spi(Supplier<SecureRandom> source) {
            this.source = source;
        }

        @Override
        protected void engineSetSeed(byte[] seed) {
            source.get().setSeed(seed);
        }

        @Override
        protected void engineNextBytes(byte[] bytes) {
            source.get().nextBytes(bytes);
        }

        @Override
        protected byte[] engineGenerateSeed(int length) {
            return source.get().generateSeed(length);
        }
    }
}
