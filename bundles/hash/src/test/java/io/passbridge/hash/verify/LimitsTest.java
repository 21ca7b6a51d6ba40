/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.credential.Digest;
import io.passbridge.credential.PasswordKind;
import io.passbridge.credential.PasswordKind.Cost;
import io.passbridge.hash.module.PlatformCryptography;
import io.passbridge.hash.vectors.RecordingPolicy;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is taken up to its limit, and refused beyond it with the limit; nothing is computed. */
class LimitsTest {
    private static final String OK = "";
    private static final String SALT = "$c29tZXNhbHQ$";
    private static final String BCRYPT = "$l9UHTUChLVyVcAhiAtpyruOZPffJEsQC52eros5Z35FAyqce/C1ka";
    private static final String SCRYPT_HASH = "$hlz7.0pY/tFXGdYlFoSnvnUvLDP.Nr17elwjPDm3tm1";

    private final UserPasswordVerifier verifier =
            new UserPasswordVerifier(new RecordingPolicy(false), new PlatformCryptography());

    static Stream<Arguments> values() {
        int memory = Cost.ARGON2.most();
        int iterations = Cost.PBKDF2.most();
        int rounds = Cost.SHA_CRYPT.most();
        int cost = Cost.BCRYPT.most();
        return Stream.of(
                Arguments.of(argon2("m=8,t=1,p=1"), OK),
                Arguments.of(argon2("m=7,t=1,p=1"), "m=7; at least 8 for each of its 1 lanes"),
                Arguments.of(argon2("m=512,t=100,p=64"), OK),
                Arguments.of(argon2("m=512,t=101,p=1"), "t=101; 1 to 100 are allowed"),
                Arguments.of(argon2("m=512,t=0,p=1"), "t=0; 1 to 100 are allowed"),
                Arguments.of(argon2("m=520,t=1,p=65"), "p=65; 1 to 64 are allowed"),
                Arguments.of(argon2("m=511,t=1,p=64"), "at least 8 for each of its 64 lanes"),
                Arguments.of(argon2("m=" + memory + ",t=1,p=1"), OK),
                Arguments.of(
                        argon2("m=" + (memory + 1) + ",t=1,p=1"),
                        "1 to " + memory + " are allowed"),
                Arguments.of("{CRYPT}$2b$04" + BCRYPT, OK),
                Arguments.of("{CRYPT}$2b$03" + BCRYPT, "bcrypt cost of 3; 4 to " + cost),
                Arguments.of("{CRYPT}$2b$%02d%s".formatted(cost, BCRYPT), OK),
                Arguments.of("{CRYPT}$2b$%02d%s".formatted(cost + 1, BCRYPT), "4 to " + cost),
                Arguments.of(shaCrypt(rounds), OK),
                Arguments.of(shaCrypt(rounds + 1), "the limit is " + rounds),
                Arguments.of("{CRYPT}$7$//..../....salt" + SCRYPT_HASH, OK),
                Arguments.of("{CRYPT}$7$./..../....salt" + SCRYPT_HASH, "N=2^0, r=1, p=1"),
                Arguments.of("{CRYPT}$7$/...../....salt" + SCRYPT_HASH, "N=2^1, r=0, p=1"),
                Arguments.of("{CRYPT}$7$//.........salt" + SCRYPT_HASH, "N=2^1, r=1, p=0"),
                Arguments.of("{CRYPT}$7$//....//...salt" + SCRYPT_HASH, "N=2^1, r=1, p=65"),
                Arguments.of("{CRYPT}$7$J/..../....salt" + SCRYPT_HASH, OK),
                Arguments.of("{CRYPT}$7$K/..../....salt" + SCRYPT_HASH, "N=2^22, r=1, p=1"),
                Arguments.of("{CRYPT}$7$N/..../....salt" + SCRYPT_HASH, "N=2^25, r=1, p=1"),
                Arguments.of(pbkdf2(1, 8, 16), OK),
                Arguments.of(pbkdf2(0, 8, 16), "0 iterations; 1 to " + iterations),
                Arguments.of(pbkdf2(iterations, 8, 16), OK),
                Arguments.of(pbkdf2(iterations + 1, 8, 16), "1 to " + iterations),
                Arguments.of(pbkdf2(1, 8, 15), "a hash of 15 bytes"),
                Arguments.of(pbkdf2(1, 8, 512), OK),
                Arguments.of(pbkdf2(1, 8, 513), "a hash of 513 bytes"),
                Arguments.of(pbkdf2(1, 0, 32), "no salt"),
                Arguments.of("{PBKDF2-SHA256}1$AAAA", "not ITERATIONS$SALT$HASH"),
                Arguments.of("{PBKDF2-SHA256}$AAAA$AAAA", "not ITERATIONS$SALT$HASH"),
                Arguments.of("{PBKDF2-SHA256}0000000001$AAAA$AAAA", "not ITERATIONS$SALT$HASH"),
                Arguments.of("{PBKDF2_SHA256}" + base64(324), "0 iterations"),
                Arguments.of("{PBKDF2_SHA256}" + base64(323), "323 bytes; 324 are needed"),
                Arguments.of("{SSHA}" + base64(21), OK),
                Arguments.of("{SSHA}" + base64(20), "20 bytes; more than 20 are needed"),
                Arguments.of("{SHA}" + base64(20), OK),
                Arguments.of("{SHA}" + base64(21), "21 bytes; 20 are needed"));
    }

    private static String base64(int length) {
        return Base64.getEncoder().withoutPadding().encodeToString(new byte[length]);
    }

    private static String argon2(String parameters) {
        return "{ARGON2}$argon2id$v=19$" + parameters + SALT + "AAAAAAAAAAAAAAAAAAAAAA";
    }

    private static String shaCrypt(int rounds) {
        return "{CRYPT}$5$rounds=" + rounds + "$salt$" + "A".repeat(43);
    }

    private static String pbkdf2(int iterations, int salt, int hash) {
        return "{PBKDF2-SHA256}" + iterations + "$" + base64(salt) + "$" + base64(hash);
    }

    @ParameterizedTest
    @MethodSource("values")
    void fault_ofAValue(String value, String reason) {
        Digest digest = new Digest(PasswordKind.of(value).orElseThrow().text(), value);
        if (reason.isEmpty()) {
            assertThat(verifier.fault(digest)).isEmpty();
        } else {
            assertThat(verifier.fault(digest).orElseThrow()).contains(reason);
        }
    }
}
