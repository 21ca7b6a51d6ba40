/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.fips;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.credential.LegacyAlgorithm;
import io.passbridge.credential.LegacyPolicy.LegacyUse;
import io.passbridge.credential.LegacyRefusedException;
import io.passbridge.health.Finding;
import java.lang.annotation.Annotation;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FipsPolicyTest {
    @Test
    void use_notEnforced_isPermittedAndCounted() {
        FipsPolicy policy = new FipsPolicy(false, Set.of());
        policy.use(LegacyAlgorithm.MD4, "verify NT digest");
        policy.use(LegacyAlgorithm.MD4, "verify NT digest");
        policy.use(LegacyAlgorithm.RC4, "read Active Directory");
        assertThat(policy.uses())
                .containsExactly(
                        new LegacyUse(LegacyAlgorithm.MD4, "verify NT digest", 2, 0),
                        new LegacyUse(LegacyAlgorithm.RC4, "read Active Directory", 1, 0));
        assertThat(new FipsInspector(policy).inspect())
                .containsExactly(Finding.ok("FIPS policy", "not enforced"));
    }

    @Test
    void use_enforced_isRefusedCountedAndReportedWithItsRemedy() {
        FipsPolicy policy = new FipsPolicy(true, Set.of());
        assertThatThrownBy(() -> policy.use(LegacyAlgorithm.SHORT_SALT, "digest pph1"))
                .isInstanceOf(LegacyRefusedException.class)
                .hasMessageContaining("'digest pph1'");
        assertThat(policy.uses())
                .containsExactly(new LegacyUse(LegacyAlgorithm.SHORT_SALT, "digest pph1", 0, 1));
        assertThat(new FipsInspector(policy).inspect())
                .singleElement()
                .satisfies(
                        finding -> {
                            assertThat(finding.severity()).isEqualTo(Finding.Severity.ERROR);
                            assertThat(finding.remedy()).contains("digest pph1");
                        });
    }

    @Test
    void use_enforcedWithException_isPermitted() {
        FipsPolicy policy = new FipsPolicy(config(true, "read Active Directory , digest pph1"));
        policy.use(LegacyAlgorithm.SHORT_SALT, "digest pph1");
        assertThat(policy.permits(LegacyAlgorithm.RC4, "read Active Directory")).isTrue();
        assertThat(policy.permits(LegacyAlgorithm.MD4, "verify NT digest")).isFalse();
        assertThat(policy.uses()).hasSize(1);
    }

    private static FipsPolicy.FipsConfig config(boolean enforced, String... exceptions) {
        return new FipsPolicy.FipsConfig() {
            @Override
            public boolean enforced() {
                return enforced;
            }

            @Override
            public String[] exceptions() {
                return exceptions;
            }

            @Override
            public Class<? extends Annotation> annotationType() {
                return FipsPolicy.FipsConfig.class;
            }
        };
    }
}
