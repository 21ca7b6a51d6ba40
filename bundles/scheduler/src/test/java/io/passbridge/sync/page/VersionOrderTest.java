/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.PasswordUpdate;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.CredentialChange;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.store.SyncState.UserState;
import io.passbridge.sync.simulation.Faults;
import io.passbridge.sync.simulation.SimulatedSource;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VersionOrderTest {
    private static final SourceAnchor ANNA = new SourceAnchor("anna");
    private static final VersionOrder LAGGING = new VersionOrder(false);
    private static final VersionOrder TELLING = new VersionOrder(true);

    private static ChangeVersion version(long time, int epoch) {
        return new ChangeVersion(0, time).inEpoch(epoch);
    }

    private static CredentialChange change(ChangeVersion version) {
        return new CredentialChange(
                ANNA,
                version,
                Instant.EPOCH,
                AccountState.ACTIVE,
                Optional.empty(),
                Optional.empty());
    }

    private static UserState known(ChangeVersion version) {
        return new UserState(
                ANNA, version, AccountState.ACTIVE, Outcome.APPLIED, "", Instant.EPOCH);
    }

    private static ChangeVersion placed(VersionOrder order, long time, ChangeVersion known) {
        return order.place(change(version(time, 0)), known == null ? null : known(known)).version();
    }

    @Test
    void source_saysWhichOrderItsAnswersHave() {
        Faults faults = new Faults();
        SimulatedSource source = new SimulatedSource(faults);
        assertThat(VersionOrder.of(source)).isEqualTo(LAGGING);
        source.tellsNow = true;
        assertThat(VersionOrder.of(source)).isEqualTo(TELLING);
    }

    @Test
    void versionThatGoesBack_beginsTheNextEpoch_ofASourceThatTellsWhatItHoldsNow() {
        assertThat(placed(TELLING, 5, null)).isEqualTo(version(5, 0));
        assertThat(placed(TELLING, 5, version(4, 0))).isEqualTo(version(5, 0));
        assertThat(placed(TELLING, 5, version(5, 0))).isEqualTo(version(5, 0));
        assertThat(placed(TELLING, 5, version(6, 0))).isEqualTo(version(5, 1));
        assertThat(placed(TELLING, 5, version(5, 1))).isEqualTo(version(5, 1));
        assertThat(placed(TELLING, 7, version(5, 1))).isEqualTo(version(7, 1));
        assertThat(placed(TELLING, 4, version(5, 1))).isEqualTo(version(4, 2));
    }

    @Test
    void versionThatGoesBack_isOld_ofASourceThatMayLag() {
        assertThat(placed(LAGGING, 5, version(6, 0))).isEqualTo(version(5, 0));
        assertThat(placed(LAGGING, 5, version(6, 2))).isEqualTo(version(5, 2));
        assertThat(placed(LAGGING, 7, version(6, 2))).isEqualTo(version(7, 2));
    }

    @Test
    void nothing_staysNothing_andTheLastEpochIsTheLast() {
        CredentialChange nothing = change(ChangeVersion.NONE);
        assertThat(TELLING.place(nothing, known(version(6, 1)))).isSameAs(nothing);
        CredentialChange same = change(version(5, 0));
        assertThat(TELLING.place(same, known(version(4, 0)))).isSameAs(same);
        int last = ChangeVersion.MAX_EPOCH;
        assertThat(placed(TELLING, 5, version(6, last))).isEqualTo(version(5, last));
        assertThat(placed(TELLING, 5, version(6, last - 1))).isEqualTo(version(5, last));
    }

    private static PreparedUser user(ChangeVersion version) {
        return new PreparedUser(
                ANNA,
                version,
                AccountState.ACTIVE,
                Optional.of(
                        new PasswordUpdate(
                                ANNA,
                                version,
                                Instant.EPOCH,
                                AccountState.ACTIVE,
                                Optional.empty())),
                "",
                Optional.empty());
    }

    @Test
    void targetThatKnowsMoreThanTheStore_isOverruled_byASourceThatTellsWhatItHoldsNow() {
        PreparedUser user = user(version(5, 0));
        assertThat(TELLING.overrules(user, null)).isTrue();
        assertThat(TELLING.overrules(user, known(version(5, 0)))).isTrue();
        assertThat(TELLING.overrules(user, known(version(4, 0)))).isTrue();
        assertThat(TELLING.overrules(user, known(version(6, 0)))).as("a late page").isFalse();
        assertThat(TELLING.overrules(user(ChangeVersion.NONE), null)).isFalse();
        assertThat(LAGGING.overrules(user, null)).isFalse();
    }

    @Test
    void later_movesUserAndUpdate_asFarAsThereAreEpochs() {
        PreparedUser later = VersionOrder.later(user(version(5, 1)), 2);
        assertThat(later.version()).isEqualTo(version(5, 3));
        assertThat(later.update().orElseThrow().version()).isEqualTo(version(5, 3));
        int last = ChangeVersion.MAX_EPOCH;
        assertThat(VersionOrder.later(user(version(5, last - 1)), 9).version())
                .isEqualTo(version(5, last));
    }
}
