/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory.database;

import io.passbridge.credential.Account;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Free attributes in one column: a line for each value, with the name before it. */
public final class FreeAttributes {
    public static final int MAX_LENGTH = 16_384;

    private FreeAttributes() {}

    public static String text(Map<String, List<String>> attributes) {
        List<String> lines = new ArrayList<>();
        new TreeMap<>(attributes)
                .forEach(
                        (name, values) ->
                                values.stream()
                                        .sorted()
                                        .forEach(value -> lines.add(name + "=" + escape(value))));
        return String.join("\n", lines);
    }

    public static Map<String, List<String>> parse(String text) {
        Map<String, List<String>> attributes = new TreeMap<>();
        for (String line : text.isEmpty() ? new String[0] : text.split("\n")) {
            int at = line.indexOf('=');
            attributes
                    .computeIfAbsent(line.substring(0, at), name -> new ArrayList<>())
                    .add(unescape(line.substring(at + 1)));
        }
        return attributes;
    }

    /** The account with what the directory holds beside it: what is not declared stays. */
    public static Account over(Map<String, List<String>> held, Account account) {
        Map<String, List<String>> all = new TreeMap<>(held);
        all.putAll(account.attributes());
        return new Account(
                account.anchor(),
                account.loginName(),
                account.aliases(),
                account.displayName(),
                account.givenName(),
                account.familyName(),
                account.mail(),
                // in the form in which they are read again
                parse(text(all)));
    }

    private static String escape(String value) {
        return value.replace("\\", "\\\\").replace("\n", "\\n");
    }

    private static String unescape(String text) {
        StringBuilder value = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
                value.append(text.charAt(i) == 'n' ? '\n' : text.charAt(i));
            } else {
                value.append(c);
            }
        }
        return value.toString();
    }
}
