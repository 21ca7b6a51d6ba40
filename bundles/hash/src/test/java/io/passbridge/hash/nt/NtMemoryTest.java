/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.nt;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.credential.Digest;
import io.passbridge.credential.NtHash;
import io.passbridge.credential.Secret;
import io.passbridge.crypto.CryptographicModule;
import io.passbridge.crypto.CryptographicModule.VerifierInput;
import io.passbridge.crypto.Cryptography;
import io.passbridge.crypto.FipsReport;
import io.passbridge.hash.module.PlatformCryptography;
import io.passbridge.hash.vectors.RecordingPolicy;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is left in memory of hashes and keys, once a digest was made or compared. */
class NtMemoryTest {
    private static final NtHash PASSWORD =
            NtHash.owning(HexFormat.of().parseHex("8846F7EAEE8FB117AD06BDD830B7586C"));

    private final RecordingPolicy policy = new RecordingPolicy(false);
    private final Watched watched = new Watched();

    /** Keeps hold of the arrays that the module was given and gave. */
    private static final class Watched implements Cryptography {
        private final Cryptography platform = new PlatformCryptography();
        private final List<byte[]> keys = new ArrayList<>();
        private final List<byte[]> results = new ArrayList<>();

        @Override
        public CryptographicModule module() {
            return (CryptographicModule)
                    Proxy.newProxyInstance(
                            CryptographicModule.class.getClassLoader(),
                            new Class<?>[] {CryptographicModule.class},
                            (proxy, method, arguments) -> {
                                Object result = method.invoke(platform.module(), arguments);
                                if (method.getName().equals("verifiers")) {
                                    for (Object input : (List<?>) arguments[1]) {
                                        keys.add(((VerifierInput) input).password());
                                    }
                                    results.addAll(List.of((byte[][]) result));
                                }
                                return result;
                            });
        }

        @Override
        public SecureRandom random() {
            return platform.random();
        }

        @Override
        public FipsReport report(boolean selfTest) {
            return platform.report(selfTest);
        }
    }

    @Test
    void digest_wipesTheKeys_andLeavesTheHashToItsOwner() {
        new Pph1Scheme(policy, watched).digest(List.of(PASSWORD, PASSWORD));
        assertThat(watched.keys).hasSize(2);
        assertThat(watched.keys).allSatisfy(key -> assertThat(key).containsOnly(0));
        assertThat(PASSWORD.secret().length()).isEqualTo(16);
    }

    @Test
    void verify_wipesTheKey_andWhatItGave() {
        Digest digest = new Pph1Scheme(policy, watched).digest(List.of(PASSWORD)).get(0);
        watched.keys.clear();
        watched.results.clear();
        try (Secret password = Secret.owning("password".getBytes(StandardCharsets.US_ASCII))) {
            assertThat(new NtDigestVerifier(policy, watched).verify(password, digest)).isTrue();
        }
        assertThat(watched.keys).singleElement().satisfies(k -> assertThat(k).containsOnly(0));
        assertThat(watched.results).singleElement().satisfies(r -> assertThat(r).containsOnly(0));
    }
}
