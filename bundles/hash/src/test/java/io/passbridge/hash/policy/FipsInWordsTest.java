/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.credential.LegacyAlgorithm;
import io.passbridge.credential.LegacyRefusedException;
import io.passbridge.crypto.FipsReport.Host;
import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.health.Finding;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What doctor, journal and configuration say of the policy. */
class FipsInWordsTest {
    private final FipsEvents events = new FipsEvents();
    private final RecordedEvents journal = new RecordedEvents();

    private FipsPolicy policy(Host host, boolean on, String... exceptions) {
        return new FipsPolicy(
                events, () -> host, FipsPolicyTest.config(on ? "on" : "off", false, exceptions));
    }

    private List<Finding> findings(FipsPolicy policy) {
        return new FipsInspector(policy, new PolicyCryptography(policy, events)).inspect();
    }

    private static void refused(FipsPolicy policy, LegacyAlgorithm algorithm, String purpose) {
        try {
            policy.use(algorithm, purpose);
        } catch (LegacyRefusedException e) {
            // counted
        }
    }

    @Test
    void refusals_areErrorsWithTheirNumber_asLongAsTheyWouldBeRefusedAgain() {
        FipsPolicy policy = policy(Host.ON, true);
        refused(policy, LegacyAlgorithm.MD4, "verify NT digest");
        refused(policy, LegacyAlgorithm.MD4, "verify NT digest");
        assertThat(findings(policy))
                .contains(
                        Finding.error(
                                "FIPS policy",
                                "MD4 to verify NT digest was refused 2 times",
                                "add 'verify NT digest' to 'exceptions' in"
                                        + " etc/io.passbridge.fips.cfg to allow it, or stop what"
                                        + " needs it"))
                .anyMatch(
                        f -> f.text().contains("bc-fips") && f.remedy().equals("see fips:status"));
        policy.change(FipsPolicyTest.config("on", false, "verify NT digest"));
        assertThat(findings(policy)).noneMatch(f -> f.text().contains("was refused"));
        policy.use(LegacyAlgorithm.MD4, "verify NT digest");
        assertThat(findings(policy))
                .contains(
                        Finding.note(
                                "FIPS policy",
                                "MD4 to verify NT digest was used 1 time by an exception",
                                "nothing, if the exception is wanted"));
    }

    @Test
    void hostThatDoesNotEnforce_isNoted_andAnUnknownOneIsNot() {
        assertThat(findings(policy(Host.OFF, true)))
                .contains(
                        Finding.note(
                                "FIPS policy",
                                "FIPS is enforced here and not by the operating system",
                                "nothing, if Passbridge alone is to be held to it"));
        assertThat(findings(policy(Host.UNKNOWN, true)))
                .noneMatch(f -> f.text().contains("operating system"));
        assertThat(findings(policy(Host.OFF, false)))
                .containsExactly(Finding.ok("FIPS policy", "not enforced"));
    }

    @ParameterizedTest
    @CsvSource({
        "ON, false, 'enforce'' is off, the operating system''s policy is on'",
        "OFF, true, 'enforce'' is on, the operating system''s policy is off'"
    })
    void difference_isJournalledInWords(Host host, boolean on, String reason) {
        events.setJournal(journal);
        policy(host, on);
        assertThat(journal.types()).contains(EventType.FIPS_HOST_DIFFERS);
        assertThat(journal.facts()).anyMatch(facts -> facts.contains(reason));
    }

    @Test
    void whereBothAgree_thereIsNoDifference() {
        events.setJournal(journal);
        policy(Host.ON, true);
        policy(Host.OFF, false);
        policy(Host.UNKNOWN, true);
        assertThat(journal.types()).doesNotContain(EventType.FIPS_HOST_DIFFERS);
    }

    @Test
    void change_toTheSame_isNoEvent_andTheHostIsAskedAgain() {
        Host[] host = {Host.OFF};
        FipsPolicy policy =
                new FipsPolicy(events, () -> host[0], FipsPolicyTest.config("off", false));
        events.setJournal(journal);
        policy.change(FipsPolicyTest.config("off", false));
        assertThat(journal.types()).isEmpty();
        host[0] = Host.ON;
        policy.change(FipsPolicyTest.config("off", false));
        assertThat(policy.fipsEnforced()).isTrue();
        assertThat(journal.types())
                .containsExactly(EventType.FIPS_POLICY, EventType.FIPS_HOST_DIFFERS);
    }

    @Test
    void rules_inWords_nameTheExceptions() {
        Rules rules = new Rules(true, Host.ON, true, Set.of("verify pph1"));
        assertThat(rules.inWords())
                .isEqualTo("enforced, legacy allowed for password sync, exceptions verify pph1");
        assertThat(new Rules(false, Host.OFF, false, Set.of()).inWords()).isEqualTo("not enforced");
    }

    @Test
    void events_waitForTheJournal_theLatestFifty() {
        for (int i = 0; i < 51; i++) {
            events.record(EventType.FIPS_MODULE_REFUSED, Map.of(Fact.REASON, "no " + i));
        }
        events.setJournal(journal);
        assertThat(journal.facts()).hasSize(50).first().asString().contains("no 1");
        events.unsetJournal(new RecordedEvents());
        events.record(EventType.FIPS_MODULE_REFUSED, Map.of(Fact.REASON, "here"));
        assertThat(journal.facts()).hasSize(51);
        events.unsetJournal(journal);
        events.record(EventType.FIPS_MODULE_REFUSED, Map.of(Fact.REASON, "gone"));
        assertThat(journal.facts()).hasSize(51);
    }

    @Test
    void report_hasTheModuleInUse_andThePolicy() {
        FipsPolicy policy = policy(Host.OFF, true, "b", "a");
        assertThat(new PolicyCryptography(policy, events).report(false))
                .satisfies(
                        report -> {
                            assertThat(report.enforced()).isTrue();
                            assertThat(report.host()).isEqualTo(Host.OFF);
                            assertThat(report.exceptions()).containsExactly("a", "b");
                            assertThat(report.modules())
                                    .singleElement()
                                    .satisfies(m -> assertThat(m.inUse()).isFalse());
                        });
    }
}
