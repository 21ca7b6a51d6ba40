/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.crypto;

import java.security.SecureRandom;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The cryptography of the platform: hands out the module that the FIPS policy chooses at the moment
 * of asking. Whoever keeps a module keeps it beyond a change of the policy, so it is asked for each
 * operation. A service, thread-safe.
 */
@ProviderType
public interface Cryptography {
    /**
     * The module that computes now.
     *
     * @throws ModuleRefusedException if the policy demands a validated module and there is none
     *     that is fit for use; nothing else takes its place
     */
    CryptographicModule module();

    /**
     * Random numbers of whichever module computes at the moment of each call; may be kept. Its
     * methods throw as {@link #module} does.
     */
    SecureRandom random();

    /**
     * What the policy says, and what is known of each module.
     *
     * @param selfTest whether to load a module that is not in use, for its self-tests; takes
     *     seconds at the first time
     */
    FipsReport report(boolean selfTest);
}
