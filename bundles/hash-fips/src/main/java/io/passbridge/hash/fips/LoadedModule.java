/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.fips;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.SecureRandom;
import org.bouncycastle.crypto.CryptoServicesRegistrar;
import org.bouncycastle.crypto.fips.FipsStatus;
import org.bouncycastle.jcajce.provider.BouncyCastleFipsProvider;

/**
 * The module after its self-tests, in approved-only mode. Its provider is not registered with the
 * virtual machine.
 *
 * @param provider of the JCA
 * @param random SP 800-90A, seeded by the module
 * @param file where its classes come from
 * @param version of the module
 */
record LoadedModule(Provider provider, SecureRandom random, ModuleFile file, String version) {
    private static final String APPROVED_ONLY = "org.bouncycastle.fips.approved_only";

    /**
     * Looks at the file, runs the self-tests and demands approved-only mode; takes seconds at the
     * first time.
     *
     * @throws IOException with cause and remedy if the module must not be used
     */
    static LoadedModule load() throws IOException {
        ModuleFile file = ModuleFile.of(FipsStatus.class);
        ModuleFile.Published published = ModuleFile.Published.read();
        file.requirePublished(published);
        try {
            // the first call runs integrity check and self-tests
            if (!FipsStatus.isReady()) {
                throw new IOException("its self-tests failed: " + FipsStatus.getStatusMessage());
            }
            if (!CryptoServicesRegistrar.isInApprovedOnlyMode()) {
                throw new IOException(
                        "it is not in approved-only mode; start Java with -D"
                                + APPROVED_ONLY
                                + "=true");
            }
            Provider provider = new BouncyCastleFipsProvider();
            return new LoadedModule(
                    provider,
                    SecureRandom.getInstance("DEFAULT", provider),
                    file,
                    published.version());
        } catch (GeneralSecurityException | RuntimeException | LinkageError e) {
            throw new IOException("it does not start: " + rootOf(e), e);
        }
    }

    private static Throwable rootOf(Throwable e) {
        return e.getCause() == null ? e : rootOf(e.getCause());
    }
}
