/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.crypto.FipsReport;
import io.passbridge.crypto.FipsReport.Host;
import io.passbridge.crypto.ModuleReport;
import io.passbridge.health.Finding;
import io.passbridge.sync.Gate.Verdict;
import io.passbridge.sync.PlannedChange.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SyncValuesTest {
    private static PlannedChange change(String anchor) {
        return new PlannedChange(anchor, anchor, Kind.PASSWORD, "");
    }

    private static Preview preview(PlannedChange... changes) {
        return new Preview(
                "r",
                true,
                3,
                true,
                3,
                2,
                1,
                0,
                "",
                0,
                0,
                List.of("why"),
                List.of(changes),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "");
    }

    @ParameterizedTest
    @CsvSource({"0, 2, ab", "1, 2, bc", "2, 5, c", "3, 1, ''", "9, 1, ''", "0, 2147483647, abc"})
    void page_ofAPreview(int skip, int limit, String anchors) {
        Preview page = preview(change("a"), change("b"), change("c")).page(skip, limit);
        assertThat(String.join("", page.changes().stream().map(PlannedChange::anchor).toList()))
                .isEqualTo(anchors);
        assertThat(page.reasons()).containsExactly("why");
        assertThat(page.passwords()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void deletions_areThoseWhoLoseTheirAccount(Kind kind) {
        assertThat(new PlannedChange("a", "a", kind, "").deletion())
                .isEqualTo(kind == Kind.DELETE || kind == Kind.LEAVE);
    }

    @ParameterizedTest
    @CsvSource({"10, 30, 10, 2000", "30, 30, 10, 0", "31, 30, 10, ", "1, 30, 0, ", "0, 3, 2, 1500"})
    void remaining_isAsLongAsTheRateSays(long done, long expected, double rate, Long millis) {
        assertThat(new Progress(done, expected, rate).remaining())
                .isEqualTo(Optional.ofNullable(millis).map(Duration::ofMillis));
    }

    @Test
    void explanation_namesTheFirstGateThatStopped() {
        Gate passed = new Gate("scope", Verdict.PASSED, "in");
        Gate stopped = new Gate("version", Verdict.STOPPED, "old");
        Gate later = new Gate("digest", Verdict.STOPPED, "none");
        assertThat(new Explanation("r", "u", "", List.of(passed, stopped, later)).stoppedBy())
                .contains(stopped);
        assertThat(new Explanation("r", "u", "", List.of(passed)).stoppedBy()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "true, ON, false",
        "false, ON, true",
        "true, OFF, true",
        "false, OFF, false",
        "true, UNKNOWN, false"
    })
    void fips_differs_whereTheHostSaysAnother(boolean configured, Host host, boolean differs) {
        FipsReport report =
                new FipsReport(configured, configured, host, false, List.of(), List.of());
        assertThat(report.differs()).isEqualTo(differs);
    }

    @Test
    void module_inUse_isTheSameOtherwise() {
        ModuleReport module =
                new ModuleReport("m", "1", true, false, true, ModuleReport.SelfTest.PASSED, "d");
        assertThat(module.inUse(true))
                .isEqualTo(
                        new ModuleReport(
                                "m", "1", true, true, true, ModuleReport.SelfTest.PASSED, "d"));
    }

    @Test
    void findings_haveTheirSeverity_andCountInWords() {
        assertThat(Finding.ok("s", "t")).isEqualTo(new Finding(Finding.Severity.OK, "s", "t", ""));
        assertThat(Finding.note("s", "t", "r").severity()).isEqualTo(Finding.Severity.NOTE);
        assertThat(Finding.warning("s", "t", "r").severity()).isEqualTo(Finding.Severity.WARNING);
        assertThat(Finding.error("s", "t", "r").severity()).isEqualTo(Finding.Severity.ERROR);
        assertThat(Finding.count(1, "user", "users")).isEqualTo("1 user");
        assertThat(Finding.count(0, "user", "users")).isEqualTo("0 users");
        assertThat(Finding.count(12_345, "user", "users")).isEqualTo("12,345 users");
    }
}
