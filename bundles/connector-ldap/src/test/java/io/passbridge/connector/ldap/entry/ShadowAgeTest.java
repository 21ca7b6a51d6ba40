/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.entry;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Entry;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.times.DirectoryTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Passwords that get too old by what {@code shadowAccount} says; day 20000 is 2024-10-04. */
class ShadowAgeTest {
    private static final long NOW = DirectoryTime.of(Instant.parse("2024-10-04T12:00:00Z"));

    @ParameterizedTest
    @CsvSource({
        // changed, most, the server's time, what it means
        "19970,30,,''",
        "19969,30,,PASSWORD_EXPIRED",
        "19969,30,20241001120000Z,''",
        "19969,30,20240101120000Z,PASSWORD_EXPIRED",
        "20000,0,,''",
        "19999,0,,PASSWORD_EXPIRED",
        "0,30,,MUST_CHANGE_PASSWORD",
        "0,,,MUST_CHANGE_PASSWORD",
        "1,99999,,''",
        "1,10000,,''",
        "1,-1,,''",
        "1,,,''",
        ",30,,''",
        "-1,30,,''",
        "9223372036854775807,30,,''",
        "yesterday,30,,''",
        "1,soon,,''"
    })
    void state_isWhatTheDaysSay(String changed, String most, String set, String flag) {
        Entry entry = new Entry("uid=anna,dc=example,dc=org");
        add(entry, "shadowLastChange", changed);
        add(entry, "shadowMax", most);
        add(entry, "pwdChangedTime", set);
        Flag[] expected =
                flag.isEmpty()
                        ? new Flag[0]
                        : Stream.of(flag).map(Flag::valueOf).toArray(Flag[]::new);
        assertThat(AccountStates.of(entry, PasswordAges.NONE, NOW).flags())
                .as(Arrays.toString(expected))
                .containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource({
        // changed, most, how long it is accepted then, whether the account is closed
        "19963,30,6,true",
        "19963,30,7,false",
        "19969,30,0,true",
        "19970,30,0,false",
        "19000,30,-1,false",
        "19000,30,,false",
        "19000,30,99999,false",
        "19000,99999,0,false"
    })
    void account_isClosed_soManyDaysLater(
            String changed, String most, String inactive, boolean closed) {
        Entry entry = new Entry("uid=anna,dc=example,dc=org");
        add(entry, "shadowLastChange", changed);
        add(entry, "shadowMax", most);
        add(entry, "shadowInactive", inactive);
        assertThat(AccountStates.of(entry, PasswordAges.NONE, NOW).mayStillSignIn())
                .isEqualTo(!closed);
    }

    private static void add(Entry entry, String attribute, String value) {
        if (value != null) {
            entry.addAttribute(attribute, value);
        }
    }
}
