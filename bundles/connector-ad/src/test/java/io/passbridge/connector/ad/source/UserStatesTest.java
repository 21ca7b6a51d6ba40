/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.credential.AccountState;
import io.passbridge.credential.AccountState.Flag;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class UserStatesTest {
    private static final long NOW = FileTime.of(Instant.parse("2026-11-21T12:00:00Z"));
    private static final long DAY = Duration.ofDays(1).toMillis() * 10_000;
    private static final long NEVER = Long.MAX_VALUE;
    private static final int NORMAL = 0x200;

    private final UserStates states = new UserStates(42 * DAY);

    @Test
    void normalAccount_isActive() {
        assertThat(states.of(NORMAL, NEVER, NOW - DAY, NOW)).isEqualTo(AccountState.ACTIVE);
        assertThat(states.of(NORMAL, 0, NOW - DAY, NOW)).isEqualTo(AccountState.ACTIVE);
    }

    @Test
    void disabledBit_disables() {
        assertThat(states.of(NORMAL | 2, NEVER, NOW, NOW).has(Flag.DISABLED)).isTrue();
    }

    @Test
    void account_expiresAtItsTime() {
        assertThat(states.of(NORMAL, NOW + 1, NOW, NOW).has(Flag.ACCOUNT_EXPIRED)).isFalse();
        assertThat(states.of(NORMAL, NOW, NOW, NOW).has(Flag.ACCOUNT_EXPIRED)).isTrue();
    }

    @Test
    void pwdLastSetZero_meansMustChange() {
        assertThat(states.of(NORMAL, NEVER, 0, NOW))
                .isEqualTo(AccountState.of(Flag.MUST_CHANGE_PASSWORD));
    }

    @Test
    void password_expiresWithTheDomainsMaximumAge() {
        assertThat(states.of(NORMAL, NEVER, NOW - 42 * DAY + 1, NOW))
                .isEqualTo(AccountState.ACTIVE);
        assertThat(states.of(NORMAL, NEVER, NOW - 42 * DAY, NOW))
                .isEqualTo(AccountState.of(Flag.PASSWORD_EXPIRED));
        assertThat(new UserStates(0).of(NORMAL, NEVER, 1, NOW)).isEqualTo(AccountState.ACTIVE);
    }

    @Test
    void neverExpires_exemptsFromExpiryAndChange() {
        assertThat(states.of(NORMAL | 0x1_0000, NEVER, 0, NOW))
                .isEqualTo(AccountState.of(Flag.PASSWORD_NEVER_EXPIRES));
        assertThat(states.of(NORMAL | 0x1_0000, NEVER, NOW - 100 * DAY, NOW))
                .isEqualTo(AccountState.of(Flag.PASSWORD_NEVER_EXPIRES));
    }

    @Test
    void smartcard_isSaidAndExempt() {
        assertThat(states.of(NORMAL | 0x4_0000, NEVER, 0, NOW))
                .isEqualTo(AccountState.of(Flag.SMARTCARD_REQUIRED));
    }
}
