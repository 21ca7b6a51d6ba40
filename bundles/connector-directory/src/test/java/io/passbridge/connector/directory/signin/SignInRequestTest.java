/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory.signin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.credential.Secret;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignInRequestTest {
    private static SignInRequest parse(String body) {
        return SignInRequest.parse(body.getBytes(UTF_8));
    }

    private static String body(String login, String password) {
        return "{\"login\":\"" + login + "\",\"password\":\"" + password + "\"}";
    }

    private static String password(SignInRequest request) {
        return new String(request.password().toChars());
    }

    @Test
    void members_areRead_inAnyOrderAndWithAnyWhiteSpace() {
        try (SignInRequest request =
                parse(
                        "\r\n"
                                + "\t { \"client\" : \"10.0.0.9\" ,\"password\":\"p w\","
                                + " \"login\":\"jane\" } \n")) {
            assertThat(request.login()).isEqualTo("jane");
            assertThat(password(request)).isEqualTo("p w");
            assertThat(request.client()).isEqualTo("10.0.0.9");
            assertThat(request.toString()).isEqualTo("SignInRequest[redacted]");
        }
        assertThat(parse(body("jane", "")).client()).isEmpty();
    }

    @Test
    void escapes_areThoseOfJson() {
        try (SignInRequest request =
                parse(body("\\u00e4\\u20AC", "\\\"\\\\\\/\\b\\f\\n\\r\\t\\ud83d\\ude00"))) {
            assertThat(request.login()).isEqualTo("ä€");
            assertThat(password(request)).isEqualTo("\"\\/\b\f\n\r\t😀");
        }
    }

    @Test
    void lengths_areBounded() {
        assertThat(parse(body("x".repeat(320), "y".repeat(1_024))).login()).hasSize(320);
        for (String body :
                new String[] {
                    body("x".repeat(321), "y"), body("", "y"), body("x", "y".repeat(1_025))
                }) {
            assertThatThrownBy(() -> parse(body))
                    .hasMessage("login has 1 to 320 characters, password at most 1024");
        }
        String client = "{\"client\":\"" + "c".repeat(321) + "\"," + body("x", "y").substring(1);
        assertThat(parse(client).client()).hasSize(320);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | login or password is missing",
                "{\"login\":\"a\"} | login or password is missing",
                "{\"password\":\"a\"} | login or password is missing",
                "{\"login\":\"a\",\"login\":\"a\"} | a name is there twice",
                "{\"x\":\"a\"} | only login, password and client are known",
                "{\"login\":\"a\\x\"} | not a JSON object of texts",
                "{\"login\":\"a\\u00g0\"} | not a JSON object of texts",
                "{\"login\":\"a\\u00 | not a JSON object of texts",
                "{\"login\":\"a | not a JSON object of texts",
                "{\"login\" \"a\"} | not a JSON object of texts",
                "{\"login\":\"a\",\"password\":\"b\" | not a JSON object of texts",
                "{\"login\":\"a\",\"password\":\"b\"}} | not a JSON object of texts",
                "{,} | not a JSON object of texts",
            })
    void otherBodies_areRefusedWithoutQuotingThem(String body, String reason) {
        assertThatThrownBy(() -> parse(body))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void controlCharacters_andOtherEncodings_areRefused() {
        assertThatThrownBy(() -> parse(body("a\u001f", "b")))
                .hasMessageContaining("not a JSON object");
        assertThat(parse(body("a ", "b")).login()).isEqualTo("a ");
        assertThatThrownBy(() -> SignInRequest.parse(new byte[] {'{', (byte) 0xE4, '}'}))
                .hasMessage("the body is not UTF-8");
    }

    @Test
    void close_wipesThePassword() {
        SignInRequest request = parse(body("a", "b"));
        Secret password = request.password();
        request.close();
        assertThatThrownBy(password::length).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void body_isTakenUpToItsLimit_andWiped() throws IOException {
        RequestBody body = new RequestBody();
        body.data(ByteBuffer.wrap("ab".getBytes(UTF_8)), false);
        body.data(ByteBuffer.wrap("c".getBytes(UTF_8)), true);
        assertThat(body.generateContent()).asString(UTF_8).isEqualTo("abc");
        body.data(ByteBuffer.allocate(65_533), true);
        assertThat(body.generateContent()).hasSize(RequestBody.MOST + 1).startsWith('a', 'b', 'c');
        assertThatThrownBy(() -> body.data(ByteBuffer.allocate(1), true))
                .hasMessage("the body is longer than 65536 bytes");
        body.releaseResources();
        assertThat(body.generateContent()).containsOnly(0);
        assertThat(body.capacityIncrement()).isEqualTo(RequestBody.MOST);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1000, 1", "1001, 2", "300000, 300"})
    void later_isToldInWholeSeconds(long millis, long seconds) {
        Reply reply = Reply.of(new SignIn.Result.Later(Duration.ofMillis(millis)));
        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.members())
                .containsEntry("retryAfterSeconds", seconds)
                .containsEntry("result", "later");
    }
}
