/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.fips;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.credential.LegacyAlgorithm;
import io.passbridge.credential.LegacyPolicy;
import io.passbridge.shell.kit.CommandRun;
import java.util.List;
import org.junit.jupiter.api.Test;

class FipsStatusTest {
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
                            new LegacyUse(LegacyAlgorithm.values()[0], "read a file", 0, 12_000));
                }
            };

    @Test
    void uses_areCounted() {
        assertThat(CommandRun.of(new FipsStatus(POLICY), "fips:status").lines())
                .containsExactly(
                        "policy                      enforced",
                        "legacy use since the start  "
                                + LegacyAlgorithm.values()[0]
                                + " to read a file: permitted 0, refused 12,000");
    }

    @Test
    void json_hasEveryUse() {
        assertThat(CommandRun.of(new FipsStatus(POLICY), "fips:status --json").out())
                .startsWith("{\"enforced\":true,\"uses\":[{\"algorithm\":")
                .contains("\"refused\":12000");
    }
}
