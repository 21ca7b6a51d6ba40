/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.UnusableItem;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.store.Standing;
import io.passbridge.store.SyncState.Counts;
import io.passbridge.store.SyncState.PeoplePage;
import io.passbridge.store.SyncState.Person;
import io.passbridge.store.SyncState.UserState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Everybody is counted and listed once, on whichever database. */
interface PeopleContract extends StoreLab {
    @Test
    default void whoeverWaitsOrIsUnusableAgain_isCountedAndListedOnce() throws Exception {
        long token = token();
        UserState anna = user("anna", 5, Outcome.APPLIED);
        UserState bert = user("bert", 5, Outcome.REJECTED);
        UserState carl = user("carl", 5, Outcome.APPLIED);
        state().commit(page(token, List.of(anna, bert, carl), List.of()));
        UnusableItem broken =
                new UnusableItem("people.ldif:7", "carla", Optional.of(carl.anchor()), "broken");
        UnusableItem nameless = new UnusableItem("people.ldif:9", "", Optional.empty(), "torn");
        state().commit(
                        unusable(
                                token,
                                List.of(retry("anna", NOW)),
                                false,
                                List.of(broken, nameless)));

        assertThat(state().counts(route()))
                .isEqualTo(
                        new Counts(
                                Map.of(
                                        Standing.REFUSED, 1L,
                                        Standing.WAITING, 1L,
                                        Standing.UNUSABLE, 2L)));
        assertThat(state().counts(route()).seen()).isEqualTo(4);
        assertThat(state().counts(route()).leftOut()).isEqualTo(4);
        assertThat(state().people(route(), Standing.REFUSED, "", 10).people())
                .containsExactly(new Person("bert", "", "the reason"));
        assertThat(state().people(route(), Standing.WAITING, "", 10).people())
                .containsExactly(new Person("anna", "", "target unreachable"));
        assertThat(state().people(route(), Standing.IN_STEP, "", 10).people()).isEmpty();
        assertThat(state().people(route(), Standing.UNUSABLE, "", 10).people())
                .containsExactly(
                        new Person("carla", "people.ldif:7", "broken"),
                        new Person("", "people.ldif:9", "torn"));
        assertThat(state().reasons(route(), Standing.UNUSABLE, 10))
                .isEqualTo(Map.of("broken", 1L, "torn", 1L));
        assertThat(state().reasons(route(), Standing.REFUSED, 10))
                .isEqualTo(Map.of("the reason", 1L));
    }

    @Test
    default void unusable_isCountedOnceAPlace_andEndsWithTheUsersNextOutcomeOrANewStart()
            throws Exception {
        long token = token();
        UnusableItem carl =
                new UnusableItem("7", "carl", Optional.of(new SourceAnchor("carl")), "broken");
        UnusableItem torn = new UnusableItem("9", "", Optional.empty(), "torn");
        state().commit(unusable(token, List.of(), false, List.of(carl, torn)));
        state().commit(unusable(token, List.of(), false, List.of(carl, torn)));
        assertThat(state().counts(route()).of(Standing.UNUSABLE)).isEqualTo(2);
        state().commit(page(token, List.of(user("carl", 5, Outcome.APPLIED)), List.of()));
        assertThat(state().counts(route()))
                .isEqualTo(new Counts(Map.of(Standing.IN_STEP, 1L, Standing.UNUSABLE, 1L)));
        state().commit(unusable(token, List.of(), true, List.of()));
        assertThat(state().counts(route())).isEqualTo(new Counts(Map.of(Standing.IN_STEP, 1L)));
    }

    @Test
    default void people_comeInPages_eachOfThemOnce() throws Exception {
        List<UserState> users =
                IntStream.range(0, 25).mapToObj(i -> user("u" + i, 1, Outcome.REJECTED)).toList();
        state().commit(page(token(), users, List.of()));
        List<String> listed = new ArrayList<>();
        String after = "";
        do {
            PeoplePage some = state().people(route(), Standing.REFUSED, after, 10);
            some.people().forEach(person -> listed.add(person.user()));
            after = some.next();
        } while (!after.isEmpty());
        assertThat(listed)
                .containsExactlyInAnyOrderElementsOf(
                        users.stream().map(u -> u.anchor().value()).toList());
    }

    @Test
    default void deletedAndLeftScope_areNotInStep() throws Exception {
        UserState gone = gone("gone", AccountState.Flag.DELETED, Outcome.APPLIED);
        UserState outside = gone("outside", AccountState.Flag.OUT_OF_SCOPE, Outcome.ALREADY);
        UserState stays = gone("stays", AccountState.Flag.DELETED, Outcome.REJECTED);
        state().commit(page(token(), List.of(gone, outside, stays), List.of()));
        Counts counts = state().counts(route());
        assertThat(counts)
                .isEqualTo(
                        new Counts(
                                Map.of(
                                        Standing.GONE, 1L,
                                        Standing.OUTSIDE, 1L,
                                        Standing.REFUSED, 1L)));
        assertThat(counts.seen()).isEqualTo(2);
        assertThat(state().people(route(), Standing.OUTSIDE, "", 10).people()).hasSize(1);
        assertThat(state().people(route(), Standing.GONE, "", 10).people()).hasSize(1);
        assertThat(state().people(route(), Standing.REFUSED, "", 10).people()).hasSize(1);
    }

    static UserState gone(String anchor, AccountState.Flag flag, Outcome outcome) {
        return new UserState(
                new SourceAnchor(anchor),
                new ChangeVersion(1, 0),
                AccountState.of(flag),
                outcome,
                "",
                NOW);
    }

    @Test
    default void counts_followEveryChangeOfOutcome() throws Exception {
        long token = token();
        List<UserState> users =
                IntStream.range(0, 2_500)
                        .mapToObj(i -> user("user-" + i, 1, Outcome.APPLIED))
                        .toList();
        state().commit(page(token, users, List.of()));
        state().commit(
                        page(
                                token,
                                users.subList(0, 1_200).stream()
                                        .map(
                                                user ->
                                                        user(
                                                                user.anchor().value(),
                                                                2,
                                                                Outcome.ALREADY))
                                        .toList(),
                                List.of()));
        assertThat(state().counts(route())).isEqualTo(new Counts(Map.of(Standing.IN_STEP, 2_500L)));
        assertThat(state().users(route(), users.stream().map(UserState::anchor).toList()))
                .hasSize(2_500);
    }

    @Test
    default void text_thatADatabaseCannotHold_isStoredAllTheSame() throws Exception {
        UserState odd =
                new UserState(
                        new SourceAnchor("odd-\u00e9\u4e2d"),
                        new ChangeVersion(0, 0),
                        AccountState.ACTIVE,
                        Outcome.REJECTED,
                        "nul \0 lone \ud800 " + "x".repeat(3_000),
                        NOW);
        state().commit(page(token(), List.of(odd), List.of()));
        assertThat(state().users(route(), List.of(odd.anchor())).get(odd.anchor()).detail())
                .startsWith("nul \uFFFD lone ? ")
                .hasSize(2_000)
                .endsWith("\u2026");
    }
}
