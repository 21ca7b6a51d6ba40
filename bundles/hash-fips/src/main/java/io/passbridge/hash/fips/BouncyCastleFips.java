/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.fips;

import io.passbridge.crypto.CryptographicModule;
import io.passbridge.crypto.ModuleRefusedException;
import io.passbridge.crypto.ModuleReport;
import io.passbridge.crypto.ModuleReport.SelfTest;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bouncy Castle FIPS as the module of the platform. Nothing of it is loaded before something is
 * asked of it; a module that was refused once is refused until this bundle starts anew.
 * Thread-safe.
 */
@Component
public final class BouncyCastleFips implements CryptographicModule {
    private static final Logger LOG = LoggerFactory.getLogger(BouncyCastleFips.class);
    private static final String NAME = "Bouncy Castle FIPS";

    private volatile LoadedModule loaded;
    private volatile String refusal;

    @Override
    public boolean isFit() {
        try {
            loaded();
            return LiveStatus.isGood();
        } catch (ModuleRefusedException e) {
            return false;
        }
    }

    @Override
    public MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm, loaded().provider());
        } catch (GeneralSecurityException e) {
            throw absent(algorithm, e);
        }
    }

    @Override
    public Mac mac(String algorithm) {
        try {
            return Mac.getInstance(algorithm, loaded().provider());
        } catch (GeneralSecurityException e) {
            throw absent(algorithm, e);
        }
    }

    @Override
    public Cipher cipher(String transformation) {
        try {
            return Cipher.getInstance(transformation, loaded().provider());
        } catch (GeneralSecurityException e) {
            throw absent(transformation, e);
        }
    }

    private static IllegalArgumentException absent(String name, GeneralSecurityException e) {
        return new IllegalArgumentException(NAME + " does not approve " + name, e);
    }

    @Override
    public SecureRandom random() {
        return loaded().random();
    }

    @Override
    public AgreedKey agree(byte[] publicKey, byte[] info) {
        return OneTimeAgreement.with(publicKey, info, loaded().random());
    }

    @Override
    public byte[] passwordKey(
            String mac, byte[] password, byte[] salt, int iterations, int length) {
        loaded();
        return PasswordKey.derive(mac, password, salt, iterations, length);
    }

    @Override
    public byte[][] verifiers(String mac, List<VerifierInput> inputs, int iterations, int length) {
        byte[][] verifiers = new byte[inputs.size()][];
        for (int i = 0; i < verifiers.length; i++) {
            VerifierInput input = inputs.get(i);
            verifiers[i] =
                    PasswordKey.approves(input.salt(), iterations)
                            ? passwordKey(mac, input.password(), input.salt(), iterations, length)
                            : new IteratedMac(mac(mac), input).run(iterations, length);
        }
        return verifiers;
    }

    private LoadedModule loaded() {
        LoadedModule present = loaded;
        return present == null ? load() : present;
    }

    private synchronized LoadedModule load() {
        if (loaded == null && refusal == null) {
            try {
                long start = System.nanoTime();
                loaded = LoadedModule.load();
                LOG.info(
                        "{} {} passed its self-tests in {} ms",
                        NAME,
                        loaded.version(),
                        (System.nanoTime() - start) / 1_000_000);
            } catch (IOException | LinkageError e) {
                refusal = String.valueOf(e.getMessage());
                LOG.error("{} is refused: {}", NAME, refusal);
            }
        }
        if (loaded == null) {
            throw new ModuleRefusedException(NAME + " is refused: " + refusal);
        }
        return loaded;
    }

    @Override
    public ModuleReport report(boolean selfTest) {
        if (selfTest) {
            isFit();
        }
        if (refusal != null) {
            return report("", false, SelfTest.FAILED, refusal);
        }
        LoadedModule present = loaded;
        if (present == null) {
            return report("", false, SelfTest.NOT_RUN, "fips:status --self-test loads it");
        }
        return LiveStatus.isGood()
                ? report(
                        present.version(),
                        true,
                        SelfTest.PASSED,
                        present.file().path() + ", SHA-256 " + present.file().sha256())
                : report(present.version(), false, SelfTest.FAILED, LiveStatus.inWords());
    }

    private static ModuleReport report(
            String version, boolean approvedOnly, SelfTest selfTest, String detail) {
        return new ModuleReport(NAME, version, true, false, approvedOnly, selfTest, detail);
    }
}
