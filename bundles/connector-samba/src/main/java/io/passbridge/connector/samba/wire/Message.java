/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.samba.wire;

import io.passbridge.credential.Secret;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What connector and agent say to each other: a line of named texts as in a form on the Web,
 * authenticated under their pairing secret. Immutable. Nothing that has to be kept secret is a
 * field, unless it is sealed.
 */
public record Message(Map<String, String> fields) {
    private static final String MAC = "HmacSHA256";
    private static final String MARK = "&mac=";

    public Message {
        fields = Map.copyOf(fields);
    }

    /** A message of names and texts in turns; empty texts are left out. */
    public static Message of(String... namesAndTexts) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            if (!namesAndTexts[i + 1].isEmpty()) {
                fields.put(namesAndTexts[i], namesAndTexts[i + 1]);
            }
        }
        return new Message(fields);
    }

    /** A field, or an empty text if it is not there. */
    public String text(String name) {
        return fields.getOrDefault(name, "");
    }

    /** The same with one more field. */
    public Message with(String name, String text) {
        Map<String, String> more = new LinkedHashMap<>(fields);
        more.put(name, text);
        return new Message(more);
    }

    /**
     * The line, without its end.
     *
     * @param pairing stays the caller's
     */
    public String line(Secret pairing) {
        String form =
                fields.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(e -> encode(e.getKey()) + "=" + encode(e.getValue()))
                        .collect(Collectors.joining("&"));
        return form + MARK + HexFormat.of().formatHex(mac(form, pairing));
    }

    /**
     * Reads what {@link #line} wrote under the same pairing secret.
     *
     * @return empty if it was changed, or written under another secret
     */
    public static Optional<Message> read(String line, Secret pairing) {
        int mark = line.lastIndexOf(MARK);
        if (mark < 0) {
            return Optional.empty();
        }
        String form = line.substring(0, mark);
        byte[] told = line.substring(mark + MARK.length()).getBytes(StandardCharsets.US_ASCII);
        byte[] right =
                HexFormat.of().formatHex(mac(form, pairing)).getBytes(StandardCharsets.US_ASCII);
        if (!MessageDigest.isEqual(told, right)) {
            return Optional.empty();
        }
        return ofForm(form);
    }

    /** Reads fields that were authenticated in another way; empty if they are not of the form. */
    public static Optional<Message> ofForm(String form) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String field : form.split("&")) {
            int equals = field.indexOf('=');
            if (equals < 1) {
                return Optional.empty();
            }
            fields.put(decode(field.substring(0, equals)), decode(field.substring(equals + 1)));
        }
        return Optional.of(new Message(fields));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static byte[] mac(String form, Secret pairing) {
        return pairing.use(
                key -> {
                    try {
                        Mac mac = Mac.getInstance(MAC);
                        mac.init(new SecretKeySpec(key, MAC));
                        return mac.doFinal(form.getBytes(StandardCharsets.UTF_8));
                    } catch (GeneralSecurityException e) {
                        throw new IllegalStateException(e);
                    }
                });
    }
}
