/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.tck;

import io.passbridge.credential.UserPassword;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A {@code userPassword} value as a source may hold it: the shared table of values that targets are
 * tried with, {@code passwords.tsv}.
 *
 * @param kind the kind's name
 * @param good whether the value belongs to the password; otherwise it can never be verified
 * @param password what its owner types
 * @param value the attribute's value
 */
public record SourcePassword(String kind, boolean good, String password, String value) {
    /** The whole table. */
    public static List<SourcePassword> table() {
        try (InputStream in = SourcePassword.class.getResourceAsStream("passwords.tsv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t"))
                    .map(
                            row ->
                                    new SourcePassword(
                                            row[0],
                                            row[1].equals("good"),
                                            row[2],
                                            unescaped(row[3])))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String unescaped(String value) {
        return value.replace("\\s", " ")
                .replace("\\r", "\r")
                .replace("\\n", "\n")
                .replace("\\0", "\0");
    }

    /** As a source delivers it; closed by the caller. */
    public UserPassword delivered() {
        return UserPassword.owning(value.getBytes(StandardCharsets.UTF_8));
    }

    /** Says nothing of password and value. */
    @Override
    public String toString() {
        return (good ? "good " : "bad ") + kind + " of " + value.length() + " characters";
    }
}
