/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.administration;

import io.passbridge.connector.PasswordUpdate;
import io.passbridge.credential.Account;
import io.passbridge.hash.SealedParcel;
import io.passbridge.sync.SealedExport;
import io.passbridge.sync.page.Owed;
import io.passbridge.sync.page.PreparedPage;
import io.passbridge.sync.page.PreparedUser;
import io.passbridge.sync.route.RouteSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** The lines of a file for a recipient without a connection: docs/formats/sealed-file.md. */
final class SealedLines {
    private static final int REASONS = 5;

    private final SealedParcel parcel;
    private final OutputStream out;
    private final Map<String, Long> reasons = new HashMap<>();
    private long people;
    private long passwords;
    private long outside;

    SealedLines(SealedParcel parcel, OutputStream out) {
        this.parcel = parcel;
        this.out = out;
    }

    void head(UUID export, RouteSettings route, Instant at) throws IOException {
        line(parcel.opening());
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("export", "" + export);
        fields.put("route", route.name());
        fields.put("source", route.source());
        fields.put("at", "" + at.toEpochMilli());
        line(parcel.seal(form(fields), false));
    }

    /** Everybody of a page, and why the others are not in it. */
    void add(PreparedPage page) throws IOException {
        for (PreparedUser user : page.users()) {
            line(parcel.seal(form(fields(user)), false));
            people++;
            if (!user.refusal().isEmpty()) {
                leave(user.refusal());
            }
        }
        page.refused().forEach(refused -> leave(refused.detail()));
        page.owed().stream().map(Owed::reason).forEach(this::leave);
        outside += page.unchanged();
    }

    private void leave(String reason) {
        reasons.merge(reason, 1L, Long::sum);
    }

    void end() throws IOException {
        line(parcel.seal("people=" + people, true));
    }

    SealedExport report(String route, Path file, UUID export) {
        List<String> most =
                reasons.entrySet().stream()
                        .sorted(
                                Map.Entry.<String, Long>comparingByValue()
                                        .reversed()
                                        .thenComparing(Map.Entry.comparingByKey()))
                        .limit(REASONS)
                        .map(entry -> entry.getValue() + " × " + entry.getKey())
                        .toList();
        long leftOut = reasons.values().stream().mapToLong(Long::longValue).sum();
        return new SealedExport(route, file, export, people, passwords, outside, leftOut, most);
    }

    private Map<String, String> fields(PreparedUser user) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("anchor", user.anchor().value());
        user.account().ifPresent(account -> put(fields, account));
        user.update().ifPresent(update -> put(fields, update));
        return fields;
    }

    private static void put(Map<String, String> fields, Account account) {
        fields.put("login", account.loginName());
        fields.put("displayName", account.displayName());
        fields.put("givenName", account.givenName());
        fields.put("sn", account.familyName());
        fields.put("mail", account.mail());
    }

    private void put(Map<String, String> fields, PasswordUpdate update) {
        fields.put("version", "" + update.version());
        fields.put("changed", "" + update.changedAt().toEpochMilli());
        fields.put("state", "" + update.state().toBits());
        update.digest()
                .ifPresent(
                        digest -> {
                            fields.put("sealed", digest.encoded());
                            passwords++;
                        });
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .filter(field -> !field.getValue().isEmpty())
                .map(
                        field ->
                                field.getKey()
                                        + "="
                                        + URLEncoder.encode(
                                                field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private void line(String text) throws IOException {
        out.write((text + "\n").getBytes(StandardCharsets.US_ASCII));
    }
}
