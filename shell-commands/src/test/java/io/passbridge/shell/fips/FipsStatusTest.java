/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.fips;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.credential.LegacyAlgorithm;
import io.passbridge.credential.LegacyPolicy;
import io.passbridge.crypto.CryptographicModule;
import io.passbridge.crypto.Cryptography;
import io.passbridge.crypto.FipsReport;
import io.passbridge.crypto.ModuleReport;
import io.passbridge.crypto.ModuleReport.SelfTest;
import io.passbridge.shell.kit.CommandRun;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FipsStatusTest {
    private static final Instant LAST = Instant.parse("2026-11-30T10:00:00Z");

    private static final LegacyPolicy POLICY =
            new LegacyPolicy() {
                @Override
                public boolean fipsEnforced() {
                    return true;
                }

                @Override
                public void use(LegacyAlgorithm algorithm, String purpose) {
                    throw new AssertionError("looking must not count");
                }

                @Override
                public List<LegacyUse> uses() {
                    return List.of(
                            new LegacyUse(
                                    LegacyAlgorithm.values()[0], "read a file", 0, 12_000, LAST));
                }
            };

    private static final Cryptography CRYPTOGRAPHY =
            new Cryptography() {
                @Override
                public CryptographicModule module() {
                    throw new AssertionError("looking must not compute");
                }

                @Override
                public SecureRandom random() {
                    throw new AssertionError("looking must not compute");
                }

                @Override
                public FipsReport report(boolean selfTest) {
                    return new FipsReport(
                            true,
                            false,
                            FipsReport.Host.ON,
                            true,
                            List.of("verify NT digest"),
                            List.of(
                                    described("Module", "2", true, SelfTest.PASSED),
                                    described(
                                            "Other",
                                            "",
                                            false,
                                            selfTest ? SelfTest.FAILED : SelfTest.NOT_RUN)));
                }
            };

    private static ModuleReport described(
            String name, String version, boolean inUse, SelfTest selfTest) {
        return new ModuleReport(name, version, true, inUse, inUse, selfTest, "its file");
    }

    private static CommandRun run(String line) {
        return CommandRun.of(new FipsStatus(POLICY, CRYPTOGRAPHY), line);
    }

    @Test
    void status_saysPolicyModulesAndUses() {
        assertThat(run("fips:status").lines())
                .containsExactly(
                        "policy                      enforced",
                        "configuration               off",
                        "operating system            on, which holds",
                        "exceptions                  password sync, verify NT digest",
                        "modules                     Module 2: in use, self-tests passed,"
                                + " approved-only mode; its file",
                        "                            Other: not in use, not loaded; its file",
                        "legacy use since the start  "
                                + LegacyAlgorithm.values()[0]
                                + " to read a file: permitted 0, refused 12,000, last"
                                + " 2026-11-30T10:00:00Z");
        assertThat(run("fips:status --self-test").out()).contains("Other: not in use, REFUSED");
    }

    @Test
    void json_hasEveryUseAndModule() {
        assertThat(run("fips:status --json").out())
                .startsWith("{\"enforced\":true,\"configured\":false")
                .contains("\"selfTest\":\"passed\"")
                .contains("\"refused\":12000");
    }
}
