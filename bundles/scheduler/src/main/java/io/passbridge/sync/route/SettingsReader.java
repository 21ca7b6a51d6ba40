/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.route;

import io.passbridge.credential.PasswordKind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Reads values and collects every fault instead of stopping at the first. */
final class SettingsReader {
    private final Set<String> faults = new TreeSet<>();

    void fault(String text) {
        faults.add(text);
    }

    String required(String key, String value) {
        if (value.isBlank()) {
            faults.add("'" + key + "' is not set");
        }
        return value.strip();
    }

    String oneOf(String key, String value, String... allowed) {
        String lower = value.strip().toLowerCase(Locale.ROOT);
        if (!List.of(allowed).contains(lower)) {
            faults.add(
                    "'%s' is '%s'; allowed are %s"
                            .formatted(key, value, String.join(", ", allowed)));
            return allowed[0];
        }
        return lower;
    }

    int within(String key, int value, int least, int most) {
        if (value < least || value > most) {
            faults.add("'%s' is %d; %d to %d are allowed".formatted(key, value, least, most));
            return Math.max(least, Math.min(most, value));
        }
        return value;
    }

    Set<String> schemes(String[] values) {
        Set<String> schemes = new TreeSet<>();
        words(values, "[\\s,]+")
                .map(s -> s.replaceAll("[{}]", "").toUpperCase(Locale.ROOT))
                .forEach(schemes::add);
        if (schemes.remove("CLEARTEXT")) {
            faults.add("'passThrough' names CLEARTEXT; a password is never passed through");
        }
        for (String scheme : schemes) {
            if (!scheme.equals("*")
                    && Arrays.stream(PasswordKind.values()).noneMatch(k -> k.isNamed(scheme))) {
                faults.add(
                        "'passThrough' names %s, which is no known kind; known are %s"
                                .formatted(scheme, Arrays.toString(PasswordKind.values())));
            }
        }
        return schemes;
    }

    List<Pattern> patterns(String key, String[] values) {
        return words(values, "\\s+")
                .flatMap(
                        word -> {
                            try {
                                return Stream.of(
                                        Pattern.compile(
                                                word,
                                                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE));
                            } catch (PatternSyntaxException e) {
                                faults.add(
                                        "'%s' holds '%s', which is no regular expression: %s"
                                                .formatted(key, word, e.getDescription()));
                                return Stream.empty();
                            }
                        })
                .toList();
    }

    private static Stream<String> words(String[] values, String separator) {
        return Arrays.stream(values == null ? new String[0] : values)
                .flatMap(value -> Arrays.stream(value.split(separator)))
                .filter(word -> !word.isBlank());
    }

    List<String> faults() {
        return List.copyOf(faults);
    }
}
