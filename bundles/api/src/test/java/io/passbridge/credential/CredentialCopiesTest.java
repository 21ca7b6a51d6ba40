/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.credential;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.credential.AccountState.Flag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialCopiesTest {
    private static final SourceAnchor ANNA = new SourceAnchor("anna");
    private static final CredentialChange CHANGE =
            new CredentialChange(
                    ANNA,
                    new ChangeVersion(1, 2),
                    Instant.EPOCH,
                    AccountState.ACTIVE,
                    Optional.empty(),
                    Optional.empty());

    private static UserPassword password(String value) {
        return UserPassword.owning(value.getBytes(UTF_8));
    }

    @Test
    void change_withSomethingElse_keepsTheRest() {
        ChangeVersion version = new ChangeVersion(3, 4);
        assertThat(CHANGE.withVersion(version))
                .isEqualTo(
                        new CredentialChange(
                                ANNA,
                                version,
                                Instant.EPOCH,
                                AccountState.ACTIVE,
                                Optional.empty(),
                                Optional.empty()));
        Optional<SourceCredential> hash = Optional.of(NtHash.owning(new byte[16]));
        assertThat(CHANGE.withCredential(hash).credential()).isEqualTo(hash);
        Optional<Account> account = Optional.of(Account.named(ANNA, "anna"));
        assertThat(CHANGE.withAccount(account).account()).isEqualTo(account);
        assertThat(CHANGE.withAccount(account).withAccount(Optional.empty())).isEqualTo(CHANGE);
    }

    @Test
    void account_isACopy_andHasALoginName() {
        List<String> aliases = new ArrayList<>(List.of("a"));
        List<String> title = new ArrayList<>(List.of("Chief"));
        Map<String, List<String>> attributes = new HashMap<>(Map.of("title", title));
        Account account = new Account(ANNA, "anna", aliases, "", "", "", "", attributes);
        aliases.clear();
        title.clear();
        attributes.clear();
        assertThat(account.aliases()).containsExactly("a");
        assertThat(account.attributes()).isEqualTo(Map.of("title", List.of("Chief")));
        assertThatThrownBy(() -> Account.named(ANNA, " "))
                .hasMessage("account anna has no login name");
    }

    @ParameterizedTest
    @EnumSource(Flag.class)
    void state_thatKeepsPeopleOut(Flag flag) {
        boolean out =
                switch (flag) {
                    case DISABLED, ACCOUNT_EXPIRED, DELETED, OUT_OF_SCOPE -> true;
                    default -> false;
                };
        assertThat(AccountState.of(flag).mayStillSignIn()).isEqualTo(!out);
        assertThat(AccountState.of()).isSameAs(AccountState.ACTIVE);
    }

    @Test
    void epoch_isTheHighPartOfTheSequence() {
        ChangeVersion version = new ChangeVersion(5, 6);
        assertThat(version.epoch()).isZero();
        ChangeVersion later = version.inEpoch(3);
        assertThat(later).isEqualTo(new ChangeVersion((3L << 48) + 5, 6));
        assertThat(later.epoch()).isEqualTo(3);
        assertThat(later.inEpoch(0)).isEqualTo(version);
        assertThat(version.inEpoch(ChangeVersion.MAX_EPOCH).epoch()).isEqualTo(32_767);
        assertThatThrownBy(() -> version.inEpoch(-1)).hasMessageContaining("epoch is -1");
        assertThatThrownBy(() -> version.inEpoch(32_768)).hasMessageContaining("0 to 32767");
        assertThatThrownBy(() -> new ChangeVersion(0, -1)).hasMessageContaining("negative part");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{CRYPT}!", "{CRYPT}*x", "{SSHA}", "{x}!{SSHA}"})
    void locked_isWhatHasNoValueBehindItsScheme(String value) {
        assertThat(UserPassword.isLocked(value.getBytes(UTF_8))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!", "plain!", "plain}!", "{SSHA", "{SSHA}x!", "{"})
    void locked_isNothingElse(String value) {
        assertThat(UserPassword.isLocked(value.getBytes(UTF_8))).isFalse();
    }

    @Test
    void scheme_hasAtMost39Characters() {
        assertThat(password("{" + "S".repeat(39) + "}x").scheme()).isEqualTo("S".repeat(39));
        assertThat(password("{" + "S".repeat(40) + "}x").scheme()).isEqualTo("CLEARTEXT");
        assertThat(UserPassword.isLocked(("{" + "S".repeat(39) + "}!").getBytes(UTF_8))).isTrue();
        assertThat(UserPassword.isLocked(("{" + "S".repeat(40) + "}!").getBytes(UTF_8))).isFalse();
        assertThat(password("{S~}x").scheme()).isEqualTo("S~");
        assertThat(password("{S\u007f}x").scheme()).isEqualTo("CLEARTEXT");
    }

    @ParameterizedTest
    @CsvSource({"{SASL}a@b, true", "{kerberos}a, true", "{SSHA}AAAA, false", "SASL, false"})
    void keptElsewhere_isWhatAnotherSystemChecks(String value, boolean elsewhere) {
        assertThat(password(value).isKeptElsewhere()).isEqualTo(elsewhere);
    }

    @Test
    void rank_prefersTheStrongest_andTheClearestLast() {
        int kinds = PasswordKind.values().length;
        assertThat(password("{ARGON2}$argon2id$v=19$").rank())
                .isEqualTo(PasswordKind.ARGON2ID.ordinal())
                .isLessThan(password("{SSHA}AAAA").rank());
        assertThat(password("{NOSUCH}x").rank()).isEqualTo(kinds);
        assertThat(password("clear").rank()).isEqualTo(kinds + 1);
        assertThat(password("{NOSUCH}x").kind()).isEqualTo("NOSUCH");
        assertThat(password("{CRYPT}$6$a$b").passwordKind()).contains(PasswordKind.SHA512_CRYPT);
    }

    @Test
    void encodingThatIsUndone_leavesNothingOfTheValue() {
        byte[] blanks = "{SSHA256}AAAA  ".getBytes(UTF_8);
        byte[] base64 = "{CRYPT}JDYkc2FsdCRoYXNo".getBytes(UTF_8);
        UserPassword.owning(blanks);
        UserPassword.owning(base64);
        assertThat(blanks).containsOnly(0);
        assertThat(base64).containsOnly(0);
        byte[] plain = "{SSHA256}AAAA".getBytes(UTF_8);
        UserPassword taken = UserPassword.owning(plain);
        assertThat(new String(plain, UTF_8)).isEqualTo("{SSHA256}AAAA");
        taken.close();
        assertThat(plain).containsOnly(0);
    }

    @Test
    void digest_ofAUserPassword_hasItsKind() {
        assertThat(Digest.ofUserPassword("{ssha}AAAA")).isEqualTo(new Digest("SSHA", "{ssha}AAAA"));
        assertThatThrownBy(() -> Digest.ofUserPassword("hunter2"))
                .hasMessage("the value is of no known kind");
    }

    @Test
    void anchors_haveAnOrder_andShowThemselves() {
        assertThat(new SourceAnchor("a")).isLessThan(new SourceAnchor("b")).hasToString("a");
    }

    @Test
    void ntHash_isOfKindNt() {
        assertThat(NtHash.owning(new byte[16]).kind()).isEqualTo("NT");
    }
}
