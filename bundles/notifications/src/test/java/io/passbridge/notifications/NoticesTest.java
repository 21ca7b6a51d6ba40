/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.health.Finding.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NoticesTest {
    private static final Notices.Rhythm RHYTHM =
            new Notices.Rhythm(
                    Duration.ofSeconds(60), Duration.ofMinutes(60), Duration.ofHours(24));
    private static final Problem KEYS = problem("key set", "is locked");
    private static final Problem ROUTE = problem("route r", "3 people are refused");

    private final Instant start = Instant.parse("2026-01-01T00:00:00Z");
    private Notices notices = new Notices(RHYTHM, Map.of(), start);

    private static Problem problem(String subject, String text) {
        return new Problem(Severity.ERROR, subject, text, "do something");
    }

    /** What is told at a minute at which these problems are there. */
    private Notice at(int minute, Problem... problems) {
        Instant now = start.plus(Duration.ofMinutes(minute));
        notices.look(List.of(problems), now);
        Notice notice = notices.due(now);
        if (!notice.isEmpty()) {
            notices.told(notice, now);
        }
        return notice;
    }

    private void assertSilent(int minute, Problem... problems) {
        assertThat(at(minute, problems).isEmpty()).isTrue();
    }

    @Test
    void problem_isToldOnce_whenItHasStayed() {
        assertSilent(0, KEYS);
        assertThat(at(1, KEYS).fresh()).containsExactly(KEYS);
        assertSilent(2, KEYS);
        assertSilent(70, KEYS);
    }

    @Test
    void hiccup_isNotTold() {
        assertSilent(0, KEYS);
        assertSilent(1);
        assertSilent(2, KEYS);
        assertThat(at(3, KEYS).fresh()).containsExactly(KEYS);
    }

    @Test
    void whatComesInAQuietPeriod_isToldTogetherAfterIt() {
        at(0, KEYS);
        at(1, KEYS);
        Problem other = problem("connector c", "does not answer");
        assertSilent(10, KEYS, ROUTE);
        assertSilent(20, KEYS, ROUTE, other);
        assertThat(at(61, KEYS, ROUTE, other).fresh()).containsExactly(ROUTE, other);
    }

    @Test
    void otherNumbers_areTheSameProblem_toldWithTheNewest() {
        at(0, problem("route r", "4 people are refused"));
        assertThat(at(1, ROUTE).fresh()).containsExactly(ROUTE);
        assertSilent(90, problem("route r", "17 people are refused"));
    }

    @Test
    void whatIsOver_isToldOnce_andMayComeAgain() {
        at(0, KEYS);
        at(1, KEYS);
        assertSilent(62);
        assertThat(at(63).over()).containsExactly(KEYS);
        assertSilent(130);
        at(140, KEYS);
        assertThat(at(141, KEYS).fresh()).containsExactly(KEYS);
    }

    @Test
    void whatComesBackBeforeItWasToldAsOver_wasNeverOver() {
        at(0, KEYS);
        at(1, KEYS);
        assertSilent(10);
        assertSilent(20, KEYS);
        assertSilent(80, KEYS);
    }

    @Test
    void whatStays_isRemindedOf() {
        at(0, KEYS);
        at(1, KEYS);
        assertSilent(24 * 60, KEYS);
        Notice reminder = at(24 * 60 + 1, KEYS);
        assertThat(reminder.reminded()).containsExactly(KEYS);
        assertThat(reminder.fresh()).isEmpty();
    }

    /** Parts of the platform come one after the other: what is not found yet is not over. */
    @Test
    void restart_tellsNothingTwice_andNothingAsOverTooSoon() {
        at(0, KEYS);
        at(1, KEYS);
        Map<Problem, Instant> told = notices.told();
        Instant later = start.plus(Duration.ofMinutes(100));
        notices = new Notices(RHYTHM, told, later);
        assertSilent(100);
        assertSilent(101, KEYS);
        assertSilent(200, KEYS);
        assertSilent(201);
        assertThat(at(202).over()).containsExactly(KEYS);
    }

    @Test
    void headline_saysHowMuchAndWhat() {
        Notice notice = new Notice(List.of(KEYS, ROUTE), List.of(), List.of());
        assertThat(notice.headline("bridge1"))
                .isEqualTo(
                        "Passbridge on bridge1: 2 things do not work until somebody acts: key set,"
                                + " route r");
        assertThat(notice.text())
                .contains("Found:\n- key set: is locked\n  -> do something\n", "doctor");
        assertThat(new Notice(List.of(), List.of(), List.of(KEYS)).headline("bridge1"))
                .isEqualTo("Passbridge on bridge1: mended: key set");
    }

    @Test
    void lineBreaks_doNotReachAHeader() {
        assertThat(problem("key set\r\nBcc: x", "y").subject()).isEqualTo("key set Bcc: x");
    }
}
