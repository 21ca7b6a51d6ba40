/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.ntlm;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.passbridge.connector.ad.Decoding;
import io.passbridge.connector.ad.FixedPolicy;
import io.passbridge.connector.ad.legacy.LegacyPrimitives;
import java.security.SecureRandom;
import java.time.Clock;

class NtlmFuzzTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @FuzzTest(maxDuration = "24h")
    void challenge(byte[] data) {
        fuzzerTestOneInput(data);
    }

    public static void fuzzerTestOneInput(byte[] data) {
        LegacyPrimitives legacy = new LegacyPrimitives(FixedPolicy.permitting());
        Decoding.check(
                data,
                challenge -> {
                    try (NtlmSecurity security =
                            new NtlmSecurity(
                                    legacy,
                                    "user",
                                    "domain",
                                    new byte[8],
                                    "ldap/dc1",
                                    RANDOM,
                                    Clock.systemUTC())) {
                        security.firstToken();
                        security.secondToken(challenge);
                    }
                });
    }
}
