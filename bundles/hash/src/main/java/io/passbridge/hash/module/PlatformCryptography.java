/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.module;

import io.passbridge.crypto.CryptographicModule;
import io.passbridge.crypto.Cryptography;
import io.passbridge.crypto.FipsReport;
import java.security.SecureRandom;
import java.util.List;

/** The Java platform whatever happens, where there is no policy to ask. Thread-safe. */
public final class PlatformCryptography implements Cryptography {
    private final CryptographicModule module = new PlatformModule();

    @Override
    public CryptographicModule module() {
        return module;
    }

    @Override
    public SecureRandom random() {
        return module.random();
    }

    @Override
    public FipsReport report(boolean selfTest) {
        return new FipsReport(
                false,
                false,
                FipsReport.Host.UNKNOWN,
                false,
                List.of(),
                List.of(module.report(selfTest)));
    }
}
