/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory.signin;

import io.passbridge.credential.Secret;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The body of a sign-in request: a JSON object (RFC 8259) with the texts {@code login} and {@code
 * password}, and perhaps {@code client}. Read by hand so that the password is never in an object
 * that cannot be wiped.
 */
final class SignInRequest implements AutoCloseable {
    private static final int MAX_LOGIN = 320;
    private static final int MAX_PASSWORD = 1_024;

    private final String login;
    private final Secret password;
    private final String client;

    private SignInRequest(String login, Secret password, String client) {
        this.login = login;
        this.password = password;
        this.client = client;
    }

    /**
     * Reads a body.
     *
     * @param body UTF-8; stays the caller's to wipe
     * @throws IllegalArgumentException if it is not of that form; the message is for the client and
     *     quotes nothing
     */
    static SignInRequest parse(byte[] body) {
        CharBuffer chars;
        try {
            chars = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the body is not UTF-8", e);
        }
        char[] login = null;
        char[] password = null;
        char[] client = null;
        FlatJson json = new FlatJson(chars);
        try {
            while (json.next()) {
                switch (json.name()) {
                    case "login" -> login = json.text(login);
                    case "password" -> password = json.text(password);
                    case "client" -> client = json.text(client);
                    default ->
                            throw new IllegalArgumentException(
                                    "only login, password and client are known");
                }
            }
            if (login == null || password == null) {
                throw new IllegalArgumentException("login or password is missing");
            }
            if (login.length == 0 || login.length > MAX_LOGIN || password.length > MAX_PASSWORD) {
                throw new IllegalArgumentException(
                        "login has 1 to "
                                + MAX_LOGIN
                                + " characters, password at most "
                                + MAX_PASSWORD);
            }
            return new SignInRequest(
                    new String(login),
                    Secret.ofChars(password),
                    client == null
                            ? ""
                            : new String(client, 0, Math.min(client.length, MAX_LOGIN)));
        } finally {
            if (password != null) {
                Arrays.fill(password, '\0');
            }
            Arrays.fill(chars.array(), '\0');
        }
    }

    String login() {
        return login;
    }

    Secret password() {
        return password;
    }

    /** Whom the caller asks for, or an empty text. */
    String client() {
        return client;
    }

    @Override
    public void close() {
        password.close();
    }

    @Override
    public String toString() {
        return "SignInRequest[redacted]";
    }
}
