/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.credential.LegacyAlgorithm;
import io.passbridge.credential.LegacyPolicy.LegacyUse;
import io.passbridge.credential.LegacyRefusedException;
import io.passbridge.crypto.FipsReport.Host;
import io.passbridge.crypto.ModuleRefusedException;
import io.passbridge.event.EventType;
import io.passbridge.health.Finding;
import java.lang.annotation.Annotation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FipsPolicyTest {
    private final FipsEvents events = new FipsEvents();
    private final RecordedEvents journal = new RecordedEvents();

    private FipsPolicy policy(Host host, FipsConfiguration configuration) {
        FipsPolicy policy = new FipsPolicy(events, () -> host, configuration);
        events.setJournal(journal);
        return policy;
    }

    private List<Finding> findings(FipsPolicy policy) {
        return new FipsInspector(policy, new PolicyCryptography(policy, events)).inspect();
    }

    @Test
    void use_notEnforced_isPermittedAndCounted() {
        Instant before = Instant.now().minusSeconds(1);
        FipsPolicy policy = policy(Host.UNKNOWN, config("off", false));
        policy.use(LegacyAlgorithm.MD4, "verify NT digest");
        policy.use(LegacyAlgorithm.MD4, "verify NT digest");
        policy.use(LegacyAlgorithm.RC4, "read Active Directory");
        assertThat(policy.uses())
                .extracting(LegacyUse::algorithm, LegacyUse::permitted, LegacyUse::refused)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(LegacyAlgorithm.MD4, 2L, 0L),
                        org.assertj.core.groups.Tuple.tuple(LegacyAlgorithm.RC4, 1L, 0L));
        assertThat(policy.uses())
                .allSatisfy(use -> assertThat(use.last()).isBetween(before, Instant.now()));
        assertThat(findings(policy)).containsExactly(Finding.ok("FIPS policy", "not enforced"));
        assertThat(journal.types()).isEmpty();
    }

    @Test
    void use_enforced_isRefusedCountedAndReportedOnceWithItsRemedy() {
        FipsPolicy policy = policy(Host.UNKNOWN, config("on", false));
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> policy.use(LegacyAlgorithm.SHORT_SALT, "digest pph1"))
                    .isInstanceOf(LegacyRefusedException.class)
                    .hasMessageContaining("allowLegacyForPasswordSync");
        }
        assertThatThrownBy(() -> policy.use(LegacyAlgorithm.MD4, "verify NT digest"))
                .hasMessageContaining("add 'verify NT digest' to 'exceptions'");
        assertThat(policy.uses()).extracting(LegacyUse::refused).containsExactlyInAnyOrder(3L, 1L);
        assertThat(journal.types())
                .containsExactly(
                        EventType.FIPS_POLICY, EventType.LEGACY_REFUSED, EventType.LEGACY_REFUSED);
        assertThat(findings(policy))
                .filteredOn(finding -> finding.text().contains("digest pph1"))
                .singleElement()
                .satisfies(
                        finding ->
                                assertThat(finding.remedy())
                                        .contains("allowLegacyForPasswordSync"));
    }

    @Test
    void exceptions_openWhatTheyNameAndNothingElse() {
        FipsPolicy policy = policy(Host.OFF, config("on", true, "verify NT digest , other"));
        assertThat(policy.permits(LegacyAlgorithm.RC4, "read Active Directory")).isTrue();
        assertThat(policy.permits(LegacyAlgorithm.SHORT_SALT, "digest pph1")).isTrue();
        assertThat(policy.permits(LegacyAlgorithm.MD4, "verify NT digest")).isTrue();
        assertThat(policy.permits(LegacyAlgorithm.MD4, "digest clear text")).isFalse();
        assertThat(policy.fipsEnforced()).isTrue();
    }

    @Test
    void hostThatEnforces_holdsAgainstTheConfiguration_andIsReported() {
        FipsPolicy policy = policy(Host.ON, config("off", false));
        assertThat(policy.fipsEnforced()).isTrue();
        assertThat(journal.types())
                .containsExactly(EventType.FIPS_POLICY, EventType.FIPS_HOST_DIFFERS);
        assertThat(findings(policy))
                .anySatisfy(
                        finding -> {
                            assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING);
                            assertThat(finding.remedy()).contains("enforce = on");
                        });
    }

    @Test
    void change_holdsAtOnce_keepsTheCounts_andIsJournalled() {
        FipsPolicy policy = policy(Host.UNKNOWN, config("off", false));
        policy.use(LegacyAlgorithm.SHORT_SALT, "digest pph1");
        policy.change(config("on", false));
        assertThat(policy.permits(LegacyAlgorithm.SHORT_SALT, "digest pph1")).isFalse();
        policy.change(config("on", true));
        policy.use(LegacyAlgorithm.SHORT_SALT, "digest pph1");
        assertThat(policy.uses()).extracting(LegacyUse::permitted).containsExactly(2L);
        assertThat(journal.facts())
                .containsExactly(
                        "{BEFORE=not enforced, AFTER=enforced}",
                        "{BEFORE=enforced, AFTER=enforced, legacy allowed for password sync}");
    }

    @Test
    void wordThatIsNeitherOnNorOff_isRefusedAndChangesNothing() {
        FipsPolicy policy = policy(Host.UNKNOWN, config("on", false));
        assertThatThrownBy(() -> policy.change(config("no", false)))
                .hasMessageContaining("'no'; on or off");
        assertThat(policy.fipsEnforced()).isTrue();
    }

    @Test
    void enforcedWithoutModule_refusesEverything_andSaysSo() {
        FipsPolicy policy = policy(Host.UNKNOWN, config("on", false));
        PolicyCryptography cryptography = new PolicyCryptography(policy, events);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(cryptography::module)
                    .isInstanceOf(ModuleRefusedException.class)
                    .hasMessageContaining("bc-fips");
            assertThatThrownBy(() -> cryptography.random().nextBytes(new byte[1]))
                    .isInstanceOf(ModuleRefusedException.class);
        }
        assertThat(journal.types())
                .containsExactly(EventType.FIPS_POLICY, EventType.FIPS_MODULE_REFUSED);
        policy.change(config("off", false));
        assertThat(cryptography.module().mac("HmacSHA256").getMacLength()).isEqualTo(32);
    }

    @Test
    void linuxKernel_tellsByItsFile(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("fips_enabled");
        assertThat(HostFips.linux(file).read()).isEqualTo(Host.UNKNOWN);
        Files.writeString(file, "0\n");
        assertThat(HostFips.linux(file).read()).isEqualTo(Host.OFF);
        Files.writeString(file, "1\n");
        assertThat(HostFips.linux(file).read()).isEqualTo(Host.ON);
    }

    static FipsConfiguration config(String enforce, boolean passwordSync, String... exceptions) {
        return new FipsConfiguration() {
            @Override
            public String enforce() {
                return enforce;
            }

            @Override
            public boolean allowLegacyForPasswordSync() {
                return passwordSync;
            }

            @Override
            public String[] exceptions() {
                return exceptions;
            }

            @Override
            public Class<? extends Annotation> annotationType() {
                return FipsConfiguration.class;
            }
        };
    }
}
