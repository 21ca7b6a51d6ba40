/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory;

import static io.passbridge.credential.AccountState.ACTIVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.credential.AccountState;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.credential.Digest;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignInTest {
    private static final String NT_OF_PASSWORD = "8846F7EAEE8FB117AD06BDD830B7586C";

    @TempDir Path folder;
    private Lab lab;

    @BeforeEach
    void open() throws Exception {
        lab = new Lab(folder);
        lab.provision("1", "Jane", "jane@ex.org");
        lab.apply("1", 1, ACTIVE, Lab.pph1("password"));
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void rightPassword_isAcceptedUnderEachName() throws Exception {
        assertThat(lab.signIn("jane", "password").body())
                .isEqualToIgnoringNewLines(
                        "{\"result\":\"ok\",\"login\":\"Jane\",\"anchor\":\"1\","
                                + "\"displayName\":\"Jane X\",\"mustChange\":false}");
        assertThat(lab.signIn(" JANE@ex.ORG", "password").statusCode()).isEqualTo(200);
    }

    @Test
    void refusals_areAllTheSame() throws Exception {
        lab.provision("2", "nodigest");
        HttpResponse<String> wrong = lab.signIn("jane", "Password");
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(lab.signIn("nobody", "password").body()).isEqualTo(wrong.body());
        assertThat(lab.signIn("nodigest", "password").body()).isEqualTo(wrong.body());
        lab.apply("1", 2, AccountState.of(Flag.DISABLED), null);
        assertThat(lab.signIn("jane", "password").body()).isEqualTo(wrong.body());
    }

    /** What an attacker could tell by the time of the answer. */
    @Test
    void refusals_allCostTheCheckOfADigest() throws Exception {
        lab.provision("2", "nodigest");
        for (String name : new String[] {"jane", "nobody", "nodigest"}) {
            lab.checked.clear();
            lab.signIn(name, "wrong");
            assertThat(lab.checked).as(name).containsExactly("pph1");
        }
        lab.apply(
                "1",
                2,
                ACTIVE,
                Digest.ofUserPassword(
                        "{CRYPT}$5$QDsAFpvftu98hEVV$1ipAqQCFKVfBRskJ5tCG92UqhMQUK3YnvmYxgHwyOs9"));
        lab.checked.clear();
        lab.signIn("jane", "wrong");
        assertThat(lab.checked).as("of another scheme").containsExactly("CRYPT-5", "pph1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                NT_OF_PASSWORD,
                "8846f7eaee8fb117ad06bdd830b7586c",
                "{NTLM}8846f7eaee8fb117ad06bdd830b7586c",
                "$3$$8846f7eaee8fb117ad06bdd830b7586c",
                ""
            })
    void sourceHash_isNotAPassword(String password) throws Exception {
        assertThat(lab.signIn("jane", password).statusCode()).isEqualTo(401);
    }

    @Test
    void checkThatThePolicyRefuses_letsNobodyIn() throws Exception {
        lab.refusing = true;
        assertThat(lab.signIn("jane", "password").statusCode()).isEqualTo(401);
        assertThat(lab.signIn("nobody", "password").statusCode()).isEqualTo(401);
        lab.refusing = false;
        assertThat(lab.signIn("jane", "password").statusCode()).isEqualTo(200);
    }

    @Test
    void storedDigest_isNotAPassword() throws Exception {
        Digest digest = Lab.pph1("other");
        lab.apply("1", 2, ACTIVE, digest);
        assertThat(lab.signIn("jane", digest.encoded()).statusCode()).isEqualTo(401);
        assertThat(lab.signIn("jane", "other").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(
            value = Flag.class,
            names = {"DISABLED", "ACCOUNT_EXPIRED", "DELETED", "OUT_OF_SCOPE"})
    void accountThatMayNotSignIn_isRefused(Flag flag) throws Exception {
        lab.apply("1", 2, AccountState.of(flag), null);
        assertThat(lab.signIn("jane", "password").statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource(
            value = Flag.class,
            names = {"MUST_CHANGE_PASSWORD", "PASSWORD_EXPIRED"})
    void passwordThatMustBeChanged_isAcceptedAndSaidSo(Flag flag) throws Exception {
        lab.apply("1", 2, AccountState.of(flag), null);
        assertThat(lab.signIn("jane", "password").body()).contains("\"mustChange\":true");
    }

    @Test
    void passedThroughScheme_isChecked() throws Exception {
        Digest ssha =
                Digest.ofUserPassword(
                        "{CRYPT}$5$QDsAFpvftu98hEVV$1ipAqQCFKVfBRskJ5tCG92UqhMQUK3YnvmYxgHwyOs9");
        lab.apply("1", 2, ACTIVE, ssha);
        assertThat(lab.signIn("jane", "Pa$$w0rd").statusCode()).isEqualTo(200);
        assertThat(lab.signIn("jane", "password").statusCode()).isEqualTo(401);
    }

    @Test
    void manyFailures_areSlowedDownForKnownAndUnknownNamesAlike() throws Exception {
        for (String name : new String[] {"jane", "nobody"}) {
            for (int i = 0; i < 6; i++) {
                assertThat(lab.signIn(name, "wrong" + i).statusCode()).isEqualTo(401);
            }
            HttpResponse<String> limited = lab.signIn(name.toUpperCase(Locale.ROOT), "password");
            assertThat(limited.statusCode()).isEqualTo(429);
            assertThat(limited.headers().firstValue("Retry-After")).contains("1");
        }
        lab.turnClock(Duration.ofSeconds(2));
        assertThat(lab.signIn("jane", "password").statusCode()).isEqualTo(200);
        assertThat(lab.signIn("jane", "wrong").statusCode()).isEqualTo(401);
    }

    @Test
    void clientThatGuessesManyNames_isSlowedDownWithoutHarmToOthers() throws Exception {
        for (int i = 0; i < 51; i++) {
            lab.post("{\"login\":\"u%d\",\"password\":\"x\",\"client\":\"10.0.0.9\"}".formatted(i));
        }
        assertThat(
                        lab.post(
                                        "{\"login\":\"jane\",\"password\":\"password\",\"client\":\"10.0.0.9\"}")
                                .statusCode())
                .isEqualTo(429);
        assertThat(
                        lab.post(
                                        "{\"login\":\"jane\",\"password\":\"password\",\"client\":\"10.0.0.8\"}")
                                .statusCode())
                .isEqualTo(200);
    }

    /** Or a guesser with an account of his own would never be slowed down. */
    @Test
    void successOfAClient_takesOneAttemptBackAndNoMore() throws Exception {
        String guess = "{\"login\":\"u%d\",\"password\":\"x\",\"client\":\"10.0.0.9\"}";
        String own = "{\"login\":\"jane\",\"password\":\"password\",\"client\":\"10.0.0.9\"}";
        for (int i = 0; i < 49; i++) {
            lab.post(guess.formatted(i));
        }
        assertThat(lab.post(own).statusCode()).isEqualTo(200);
        assertThat(lab.post(guess.formatted(50)).statusCode()).isEqualTo(401);
        assertThat(lab.post(guess.formatted(51)).statusCode()).isEqualTo(401);
        assertThat(lab.post(own).statusCode()).isEqualTo(429);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "{\"login\":\"jane\"}",
                "{\"login\":\"\",\"password\":\"x\"}",
                "{\"login\":1,\"password\":\"x\"}",
                "{\"login\":\"jane\",\"password\":\"x\"} x",
                "{\"login\":\"jane\",\"password\":\"x\",}",
                "{\"login\":\"jane\",\"login\":\"joe\",\"password\":\"x\"}",
                "{\"login\":\"jane\",\"password\":\"\\u12\"}",
                "{\"login\":\"jane\",\"password\":\"x\",\"admin\":\"1\"}"
            })
    void malformedBody_is400AndNotQuoted(String body) throws Exception {
        HttpResponse<String> reply = lab.post(body);
        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(reply.body()).doesNotContain("jane");
    }

    @Test
    void hugeBodyAndOtherContentTypes_are400() throws Exception {
        assertThat(lab.post("{\"login\":\"" + "x".repeat(10_000) + "\"}").statusCode())
                .isEqualTo(400);
        assertThat(
                        lab.post("{\"login\":\"jane\",\"password\":\"password\"}", "text/plain")
                                .statusCode())
                .isEqualTo(400);
    }

    @Test
    void defaultTypeOfCurl_isUnderstoodUnlessAPageMayHaveSentIt() throws Exception {
        lab.apply("1", 2, ACTIVE, Lab.pph1("password"));
        String body = "{\"login\":\"jane\",\"password\":\"password\"}";
        String type = "application/x-www-form-urlencoded";
        assertThat(lab.post(body, type).statusCode()).isEqualTo(200);
        assertThat(lab.post(body, type, "Origin", "http://evil.example").statusCode())
                .isEqualTo(400);
        assertThat(lab.post(body, type, "Sec-Fetch-Site", "cross-site").statusCode())
                .isEqualTo(400);
        assertThat(lab.post("login=jane&password=password", type).statusCode()).isEqualTo(400);
    }

    @Test
    void escapesInJson_areUnderstood() throws Exception {
        lab.apply("1", 2, ACTIVE, Lab.pph1("p\"ä\\/\t€"));
        String body = "{ \"login\" : \"\\u006aane\",\n\"password\":\"p\\\"\\u00e4\\\\\\/\\t€\" }";
        assertThat(lab.post(body).statusCode()).isEqualTo(200);
    }

    @Test
    void otherPathsAndMethods_giveNothingAway() throws Exception {
        assertThat(lab.get("/health").statusCode()).isEqualTo(200);
        assertThat(lab.get("/sign-in").statusCode()).isEqualTo(405);
        assertThat(lab.get("/sign-in").headers().firstValue("Allow")).contains("POST");
        assertThat(lab.get("/health").headers().map())
                .doesNotContainKeys("allow", "www-authenticate", "retry-after");
        assertThat(lab.signIn("jane", "wrong").headers().firstValue("WWW-Authenticate"))
                .isPresent();
        assertThat(lab.get("/users/count").statusCode()).isEqualTo(404);
        assertThat(lab.get("/sign-in/../x").statusCode()).isEqualTo(404);
    }

    @Test
    void close_endsTheServerAndRemovesItsAddress() throws Exception {
        String url = lab.url();
        assertThat(url).startsWith("http://127.0.0.1:");
        lab.close();
        assertThat(Files.exists(folder.resolve("sign-in.url"))).isFalse();
        Files.writeString(folder.resolve("sign-in.url"), url);
        assertThatThrownBy(() -> lab.signIn("jane", "password"))
                .isInstanceOf(ConnectException.class);
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(
                        thread -> thread.getName().startsWith("sign-in-cloud") && thread.isAlive());
    }
}
