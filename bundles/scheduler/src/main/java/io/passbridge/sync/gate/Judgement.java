/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.gate;

import io.passbridge.credential.NtHash;
import io.passbridge.credential.SourceCredential;
import io.passbridge.credential.UserPassword;
import io.passbridge.hash.DigestScheme;
import io.passbridge.store.SyncState.Reading;
import io.passbridge.sync.route.RouteSettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything that decides whether a user passes a route's gates, as a text that is stored with the
 * position: whoever was judged under another one is judged again.
 *
 * @param values by the names of the configuration, and {@code kinds} for what the target lists
 */
public record Judgement(Map<String, String> values) {
    private static final String KINDS = "kinds";
    private static final String PARAMETERS = "parameters";
    private static final int LONGEST = 100;

    /**
     * @param scheme of the route, if a bundle provides it now
     */
    public static Judgement of(
            RouteSettings settings, Set<String> targetSchemes, Optional<DigestScheme> scheme) {
        Map<String, String> values = new TreeMap<>();
        values.put("source", settings.source());
        values.put("target", settings.target());
        values.put("digest", settings.policy().digest());
        values.put("accounts", settings.policy().createAccounts() ? "create" : "none");
        values.put("mustChange", settings.policy().skipMustChange() ? "skip" : "send");
        values.put("include", settings.policy().scope().include().toString());
        values.put("exclude", settings.policy().scope().exclude().toString());
        if (settings.policy().allowSourceCredentials()) {
            values.put("allowSourceCredentials", "true");
        }
        values.put("passThrough", new TreeSet<>(settings.policy().passThrough()).toString());
        scheme.ifPresent(s -> values.put(PARAMETERS, s.parameters() + accepted(s)));
        values.replaceAll((key, value) -> shortened(value));
        values.put(KINDS, String.join(",", new TreeSet<>(targetSchemes)));
        return new Judgement(values);
    }

    /** The policy may let a scheme accept more than before. */
    private static String accepted(DigestScheme scheme) {
        try (SourceCredential hash = NtHash.owning(new byte[NtHash.LENGTH]);
                SourceCredential clear = UserPassword.owning(new byte[] {'x'})) {
            return (scheme.accepts(hash) ? ", NT" : "") + (scheme.accepts(clear) ? ", clear" : "");
        }
    }

    private static String shortened(String value) {
        if (value.length() <= LONGEST && value.chars().noneMatch(c -> c == ';' || c == '=')) {
            return value;
        }
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            byte[] hash = sha256.digest(value.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException(never);
        }
    }

    /** The form that is stored. */
    public String text() {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(";"));
    }

    /** Reads the form that {@link #text} writes. */
    public static Judgement parse(String text) {
        Map<String, String> values = new TreeMap<>();
        for (String entry : text.split(";")) {
            int equals = entry.indexOf('=');
            if (equals > 0) {
                values.put(entry.substring(0, equals), entry.substring(equals + 1));
            }
        }
        return new Judgement(values);
    }

    /** With the digest's parameters as they were, if no bundle provides it now. */
    public Judgement since(Judgement before) {
        if (values.containsKey(PARAMETERS) || !before.values.containsKey(PARAMETERS)) {
            return this;
        }
        Map<String, String> all = new TreeMap<>(values);
        all.put(PARAMETERS, before.values.get(PARAMETERS));
        return new Judgement(all);
    }

    /** What is different, by name. */
    public List<String> differences(Judgement before) {
        return Stream.concat(values.keySet().stream(), before.values.keySet().stream())
                .distinct()
                .filter(key -> !Objects.equals(values.get(key), before.values.get(key)))
                .sorted()
                .toList();
    }

    /** What has to be read to judge everybody anew whom the difference may concern. */
    public Reading needed(Judgement before) {
        List<String> differences = differences(before);
        if (before.values.containsKey("source") && differences.contains("source")) {
            return Reading.RENEWED;
        }
        if (before.values.containsKey("target") && differences.contains("target")) {
            return Reading.FULL;
        }
        if (!kinds().containsAll(before.kinds())) {
            // somebody in step may hold a digest that no longer opens
            return Reading.FULL;
        }
        return differences.isEmpty() ? Reading.CHANGES : Reading.REVIEW;
    }

    /** The kinds that the target lists; empty if nobody has asked it yet. */
    public Set<String> kinds() {
        return Arrays.stream(values.getOrDefault(KINDS, "").split(","))
                .filter(kind -> !kind.isEmpty())
                .collect(Collectors.toSet());
    }
}
