/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.Entry;
import io.passbridge.credential.UserPassword;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordChoiceTest {
    private static final String SSHA = "{SSHA}dUkKsoUDMmgmNB+xkYbe2w0TOyy6PJ8F";
    private static final String MD5 = "{MD5}X03MO1qnZdYdgyfeuILPmQ==";
    private static final String ARGON2 =
            "{ARGON2}$argon2id$v=19$m=4096,t=3,p=1$c2FsdHNhbHQ$4Bkvp9yJ1qzB4lrqGn8VUg";

    private static Entry entry(String... values) {
        Entry entry = new Entry("uid=anna,dc=example,dc=org");
        entry.addAttribute("userPassword", values);
        return entry;
    }

    private static String chosen(List<String> preferred, String... values) throws Exception {
        Optional<UserPassword> password = new PasswordChoice(preferred).of(entry(values));
        try (UserPassword it = password.orElseThrow()) {
            return it.kind();
        }
    }

    @Test
    void severalValues_theStrongestIsTaken_inWhateverOrderTheyCome() throws Exception {
        assertThat(chosen(List.of(), SSHA, ARGON2, MD5)).isEqualTo("ARGON2ID");
        assertThat(chosen(List.of(), MD5, SSHA)).isEqualTo("SSHA");
        assertThat(chosen(List.of(), "in-the-clear", SSHA)).isEqualTo("SSHA");
    }

    @Test
    void severalValues_thePreferredSchemeWins() throws Exception {
        assertThat(chosen(List.of("ssha"), ARGON2, SSHA)).isEqualTo("SSHA");
        assertThat(chosen(List.of("CRYPT"), ARGON2, SSHA)).isEqualTo("ARGON2ID");
    }

    @ParameterizedTest
    @ValueSource(strings = {"in-the-clear", "{SASL}anna@EXAMPLE.ORG", "{not a scheme}x"})
    void noHash_isRefusedWithTheReason_andWithoutTheValue(String value) {
        assertThatThrownBy(() -> new PasswordChoice(List.of()).of(entry(value)))
                .isInstanceOf(UnusablePasswordException.class)
                .hasMessageNotContaining("in-the-clear")
                .hasMessageNotContaining("anna@");
    }

    @Test
    void lockedValues_areNoPassword_andLockTheAccount() throws Exception {
        Entry locked = entry("{CRYPT}!$6$salt$hash", "{SSHA}*");
        assertThat(new PasswordChoice(List.of()).of(locked)).isEmpty();
        assertThat(PasswordChoice.isLockedOut(locked)).isTrue();
        assertThat(PasswordChoice.isLockedOut(entry("{CRYPT}!x", SSHA))).isFalse();
        assertThat(PasswordChoice.isLockedOut(new Entry("uid=a,dc=b"))).isFalse();
    }
}
