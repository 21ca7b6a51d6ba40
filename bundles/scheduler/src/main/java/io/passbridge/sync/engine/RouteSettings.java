/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import io.passbridge.credential.PasswordKind;
import io.passbridge.credential.UserPassword;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * A route's configuration, read and checked.
 *
 * @param faults what is wrong with it; a route with faults does not run
 */
record RouteSettings(
        String name,
        String source,
        String target,
        String digest,
        State state,
        boolean createAccounts,
        Set<String> passThrough,
        ScopeFilter scope,
        int pageSize,
        Duration cycle,
        int deletionThreshold,
        boolean skipMustChange,
        int retryAttempts,
        List<String> faults) {
    enum State {
        ON,
        OFF,
        STAGING
    }

    RouteSettings {
        passThrough = Set.copyOf(passThrough);
        faults = List.copyOf(faults);
    }

    /** From the properties of a configuration; what nobody reads is a fault. */
    static RouteSettings of(String name, Map<String, ?> properties) {
        RouteValues values = new RouteValues(properties);
        Reading reading = new Reading();
        values.faults()
                .forEach(
                        f ->
                                reading.fault(
                                        "'%s' %s; %s"
                                                .formatted(f.subject(), f.text(), f.remedy())));
        return of(name, values.configuration(), reading);
    }

    static RouteSettings of(String name, RouteConfiguration configuration) {
        return of(name, configuration, new Reading());
    }

    private static RouteSettings of(
            String name, RouteConfiguration configuration, Reading reading) {
        return new RouteSettings(
                name,
                reading.required("source", configuration.source()),
                reading.required("target", configuration.target()),
                reading.required("digest", configuration.digest()).toLowerCase(Locale.ROOT),
                State.valueOf(
                        reading.oneOf("state", configuration.state(), "on", "off", "staging")
                                .toUpperCase(Locale.ROOT)),
                reading.oneOf("accounts", configuration.accounts(), "none", "create")
                        .equals("create"),
                reading.schemes(configuration.passThrough()),
                new ScopeFilter(
                        reading.patterns("include", configuration.include()),
                        reading.patterns("exclude", configuration.exclude())),
                reading.within("pageSize", configuration.pageSize(), 1, 1_000),
                Duration.ofSeconds(
                        reading.within("cycleSeconds", configuration.cycleSeconds(), 1, 86_400)),
                reading.within(
                        "deletionThreshold",
                        configuration.deletionThreshold(),
                        0,
                        Integer.MAX_VALUE),
                reading.oneOf("mustChange", configuration.mustChange(), "send", "skip")
                        .equals("skip"),
                reading.within("retryAttempts", configuration.retryAttempts(), 1, 100),
                reading.faults());
    }

    boolean passesThrough(UserPassword password) {
        return passThrough.contains("*")
                || password.passwordKind().isPresent()
                        && passThrough.stream().anyMatch(password.passwordKind().get()::isNamed);
    }

    String file() {
        return "etc/" + fileName();
    }

    String fileName() {
        return RouteConfiguration.PID + "-" + name + ".cfg";
    }

    /** Reads values and collects every fault instead of stopping at the first. */
    private static final class Reading {
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
                                                    Pattern.CASE_INSENSITIVE
                                                            | Pattern.UNICODE_CASE));
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
}
