/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.credential.PasswordKind;
import io.passbridge.credential.UserPassword;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PassThroughTest {
    private static final Set<String> EVERYTHING = new HashSet<>();

    static {
        for (PasswordKind kind : PasswordKind.values()) {
            EVERYTHING.add(kind.text());
        }
        EVERYTHING.addAll(List.of("CLEARTEXT", "NTLM", "CRYPT"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{SSHA}MRF2ItKjn1Q2B4G4dKTerXqMuRH7J61N",
                "{ssha512}AAAA",
                "{CRYPT}$6$salt$hash",
                "{CRYPT}$2b$05$hash",
                "{CRYPT}$y$j9T$salt$hash",
                "{ARGON2}$argon2id$v=19$m=1,t=1,p=1$a$b"
            })
    void decide_saltedSchemeThatTheTargetLists_passesUnchanged(String value) {
        PassThrough.Decision decision = PassThrough.decide(credential(value), EVERYTHING);
        assertThat(decision.reason()).isEmpty();
        assertThat(decision.digest())
                .hasValueSatisfying(digest -> assertThat(digest.encoded()).isEqualTo(value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hunter2",
                "{SHA}AnJtQPN45xaYHEMh1gujoyXtakw=",
                "{SHA256}AAAA",
                "{MD5}AAAA",
                "{SMD5}AAAA",
                "{NTLM}8846f7eaee8fb117ad06bdd830b7586c",
                "{CRYPT}X/vECkLmmEXSE",
                "{CRYPT}$1$salt$hash",
                "{CRYPT}$3$$8846f7eaee8fb117ad06bdd830b7586c",
                "{CRYPT}",
                "{NOSUCH}x"
            })
    void decide_weakOrUnknownScheme_neverPassesWhateverTheTargetLists(String value) {
        PassThrough.Decision decision = PassThrough.decide(credential(value), EVERYTHING);
        assertThat(decision.digest()).isEmpty();
        assertThat(decision.reason()).isNotEmpty().doesNotContain(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{SSHA}AAAA", "{CRYPT}$6$salt$hash"})
    void decide_schemeThatTheTargetDoesNotList_doesNotPass(String value) {
        PassThrough.Decision decision =
                PassThrough.decide(credential(value), Set.of("pph1", "SSHA512"));
        assertThat(decision.digest()).isEmpty();
        assertThat(decision.reason()).contains("does not list");
    }

    @Test
    void decide_subKindThatTheTargetDoesNotList_doesNotPass() {
        PassThrough.Decision decision =
                PassThrough.decide(credential("{CRYPT}$y$j9T$salt$hash"), Set.of("CRYPT-6"));
        assertThat(decision.reason()).isEqualTo("the target does not list CRYPT-Y");
    }

    private static UserPassword credential(String value) {
        return UserPassword.owning(value.getBytes(StandardCharsets.UTF_8));
    }
}
