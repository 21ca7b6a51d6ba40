/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.credential.AccountState;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.CredentialChange;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.credential.UserPassword;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Several changes of one user in a page become one. */
class CoalescingTest {
    private static final AccountState DISABLED = AccountState.of(Flag.DISABLED);
    private static final AccountState DELETED = AccountState.of(Flag.DELETED);
    private static final VersionOrder BY_VERSION = new VersionOrder(false);
    private static final VersionOrder BY_READING = new VersionOrder(true);

    private static CredentialChange change(long version, AccountState state, String password) {
        return new CredentialChange(
                new SourceAnchor("anna"),
                new ChangeVersion(version, 0),
                Instant.EPOCH,
                state,
                Optional.ofNullable(password)
                        .map(p -> UserPassword.owning(p.getBytes(StandardCharsets.UTF_8))),
                Optional.empty());
    }

    private static String merged(VersionOrder order, CredentialChange... changes) {
        var users = Coalescing.byUser(List.of(changes), order);
        assertThat(users).hasSize(1);
        CredentialChange one = users.iterator().next();
        return one.version().sequence()
                + " "
                + one.state().flags()
                + " "
                + one.credential()
                        .map(c -> (UserPassword) c)
                        .map(p -> p.value().use(b -> new String(b, StandardCharsets.UTF_8)))
                        .orElse("-");
    }

    @Test
    void newestVersion_counts_whereverItStands() {
        CredentialChange old = change(4, AccountState.ACTIVE, "old");
        CredentialChange fresh = change(5, DISABLED, "new");
        assertThat(merged(BY_VERSION, old, fresh)).isEqualTo("5 [DISABLED] new");
        assertThat(merged(BY_VERSION, fresh, old)).isEqualTo("5 [DISABLED] new");
    }

    @Test
    void sameVersionTwice_countsAsItStandsLast() {
        CredentialChange first = change(5, AccountState.ACTIVE, "first");
        CredentialChange second = change(5, DISABLED, "second");
        assertThat(merged(BY_VERSION, first, second)).isEqualTo("5 [DISABLED] second");
        assertThat(merged(BY_VERSION, second, first)).isEqualTo("5 [] first");
    }

    @Test
    void sourceThatTellsWhatItHoldsNow_countsAsItToldLast() {
        CredentialChange high = change(5, AccountState.ACTIVE, "before");
        CredentialChange low = change(2, DISABLED, "now");
        assertThat(merged(BY_READING, high, low)).isEqualTo("2 [DISABLED] now");
    }

    @Test
    void stateAlone_keepsThePasswordOfThePage_unlessTheUserIsGone() {
        CredentialChange password = change(4, AccountState.ACTIVE, "pw");
        assertThat(merged(BY_VERSION, password, change(5, DISABLED, null)))
                .isEqualTo("5 [DISABLED] pw");
        assertThat(merged(BY_VERSION, password, change(5, DELETED, null)))
                .isEqualTo("5 [DELETED] -");
    }
}
