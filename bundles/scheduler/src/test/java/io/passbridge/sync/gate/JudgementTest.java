/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.credential.SourceCredential;
import io.passbridge.store.SyncState.Reading;
import io.passbridge.sync.simulation.Bench;
import io.passbridge.sync.simulation.TestScheme;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgementTest {
    private static final Set<String> KINDS = Set.of("test", "SSHA512");

    private static Judgement judgement(String... lines) {
        return Judgement.of(Bench.settings(lines), KINDS, Optional.of(new TestScheme()));
    }

    @ParameterizedTest
    @CsvSource({
        "mustChange=skip, mustChange, REVIEW",
        "accounts=create, accounts, REVIEW",
        "include=a.*, include, REVIEW",
        "exclude=a=b;c, exclude, REVIEW",
        "passThrough=*, passThrough, REVIEW",
        "digest=pph2, digest, REVIEW",
        "source=other, source, RENEWED",
        "target=other, target, FULL"
    })
    void difference_isNamed_andSaysWhatHasToBeRead(String line, String name, Reading needed) {
        Judgement before = Judgement.parse(judgement().text());
        assertThat(judgement(line).differences(before)).containsExactly(name);
        assertThat(judgement(line).needed(before)).isEqualTo(needed);
        Judgement same = Judgement.parse(judgement(line).text());
        assertThat(judgement(line).differences(same)).isEmpty();
        assertThat(judgement(line).needed(same)).isEqualTo(Reading.CHANGES);
    }

    @Test
    void whatDecidesNothing_isNoDifference() {
        Judgement before = Judgement.parse(judgement().text());
        assertThat(judgement("pageSize=7", "cycleSeconds=9", "retryAttempts=3").needed(before))
                .isEqualTo(Reading.CHANGES);
    }

    @Test
    void nothingKnown_isReviewed_whateverSourceAndTarget() {
        assertThat(judgement().needed(Judgement.parse(""))).isEqualTo(Reading.REVIEW);
        assertThat(judgement().needed(Judgement.parse("=x;y"))).isEqualTo(Reading.REVIEW);
    }

    @Test
    void longFilters_areToldApart_andTheTextStaysShort() {
        String many = "user[0-9]+ ".repeat(1_000);
        String text = judgement("include=" + many).text();
        assertThat(text.length()).isLessThan(4_000);
        assertThat(judgement("include=" + many + "x").needed(Judgement.parse(text)))
                .isEqualTo(Reading.REVIEW);
        assertThat(text)
                .as("short ones can be read")
                .contains("exclude=[]", "mustChange=send", "accounts=none");
    }

    @Test
    void kinds_fewer_needEverybody_andMoreAReview() {
        Judgement both = judgement();
        Judgement one =
                Judgement.of(Bench.settings(), Set.of("test"), Optional.of(new TestScheme()));
        assertThat(one.needed(both)).isEqualTo(Reading.FULL);
        assertThat(one.needed(Judgement.parse("")))
                .as("nobody has asked before")
                .isEqualTo(Reading.REVIEW);
        assertThat(one.differences(both)).containsExactly("kinds");
        assertThat(both.needed(one)).isEqualTo(Reading.REVIEW);
        Judgement skipping =
                Judgement.of(
                        Bench.settings("mustChange=skip"),
                        Set.of("test"),
                        Optional.of(new TestScheme()));
        assertThat(skipping.needed(both)).as("fewer, and something else").isEqualTo(Reading.FULL);
    }

    @Test
    void bundleThatIsAway_changesNothing_andItsParametersDo() {
        Judgement before = judgement();
        Judgement away = Judgement.of(Bench.settings(), KINDS, Optional.empty());
        assertThat(away.since(before)).isEqualTo(before);
        assertThat(away.since(Judgement.parse(""))).isEqualTo(away);
        assertThat(before.since(away)).isSameAs(before);
        Judgement other =
                Judgement.of(
                        Bench.settings(),
                        KINDS,
                        Optional.of(
                                new TestScheme() {
                                    @Override
                                    public String parameters() {
                                        return "1 iteration";
                                    }
                                }));
        assertThat(other.differences(before)).containsExactly("parameters");
        assertThat(other.values().get("parameters")).isEqualTo("1 iteration");
        Judgement open =
                Judgement.of(
                        Bench.settings(),
                        KINDS,
                        Optional.of(
                                new TestScheme() {
                                    @Override
                                    public boolean accepts(SourceCredential credential) {
                                        return true;
                                    }
                                }));
        assertThat(open.values().get("parameters")).isEqualTo("none, NT, clear");
    }
}
