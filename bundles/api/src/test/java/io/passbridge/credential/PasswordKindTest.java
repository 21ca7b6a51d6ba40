/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordKindTest {
    @ParameterizedTest
    @CsvSource({
        "{SSHA}QKBW, SSHA",
        "{ssha}QKBW, SSHA",
        "{PBKDF2}10000$a$b, PBKDF2-SHA1",
        "{PBKDF2_SHA256}AAAg, PBKDF2_SHA256",
        "{ARGON2}$argon2id$v=19$, ARGON2ID",
        "{ARGON2}$argon2i$v=19$, ARGON2I",
        "{CRYPT}$y$j9T$, CRYPT-Y",
        "{CRYPT}$gy$j9T$, CRYPT-GY",
        "{CRYPT}$7$CU, CRYPT-7",
        "{crypt}$2y$05$x, CRYPT-2B",
        "{BCRYPT}$2b$05$x, CRYPT-2B",
        "{CRYPT}i9fWwjHRw5fz6, CRYPT-DES",
        "{CRYPT}$3$$8846, CRYPT-3"
    })
    void of_value_isItsSubKind(String value, String kind) {
        assertThat(PasswordKind.of(value).map(PasswordKind::text)).contains(kind);
        assertThat(password(value).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{ARGON2}", "{ARGON2}$argon3$", "{CRYPT}$8$x", "{NOSUCH}x", "{SSHA", "x"})
    void of_unknown_isEmpty(String value) {
        assertThat(PasswordKind.of(value)).isEmpty();
    }

    @Test
    void names_areUnique() {
        assertThat(Arrays.stream(PasswordKind.values()).map(PasswordKind::text))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "'{SSHA256}AAAA   ', {SSHA256}AAAA",
        "'{SSHA256}AAAA<CR><LF>', {SSHA256}AAAA",
        "'{SSHA256}AAAA<NUL>', {SSHA256}AAAA",
        "{ARGON2}JGFyZ29uMmlkJHY9MTkkbT0xLHQ9MSxwPTEkYSRi, {ARGON2}$argon2id$v=19$m=1;t=1;p=1$a$b",
        "{CRYPT}JDYkc2FsdCRoYXNo, {CRYPT}$6$salt$hash",
        "{CRYPT}i9fWwjHRw5fz6, {CRYPT}i9fWwjHRw5fz6",
        "{ARGON2}notBase64!, {ARGON2}notBase64!"
    })
    void owning_encodingThatAToolAdded_isUndone(String value, String plain) {
        String raw = value.replace("<CR>", "\r").replace("<LF>", "\n").replace("<NUL>", "\0");
        assertThat(text(password(raw))).isEqualTo(plain.replace(";", ","));
    }

    @Test
    void owning_clearText_keepsItsBlanks() {
        assertThat(text(password(" pass word "))).isEqualTo(" pass word ");
    }

    private static UserPassword password(String value) {
        return UserPassword.owning(value.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(UserPassword password) {
        return password.value().use(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }
}
