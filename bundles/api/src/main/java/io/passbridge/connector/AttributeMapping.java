/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector;

import io.passbridge.connector.ConnectorDescriptor.Parameter;
import io.passbridge.connector.ConnectorDescriptor.Type;
import io.passbridge.health.Finding;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What a source gives of its users beside the names that every source gives, as the parameter
 * {@code attributes} of its configuration declares it: {@code department=departmentNumber, title}.
 * Immutable.
 *
 * @param origins the source's attribute for each name that a target sees, in the order of the
 *     configuration
 */
public record AttributeMapping(Map<String, String> origins) {
    /** Nothing beside the usual names. */
    public static final AttributeMapping NONE = new AttributeMapping(Map.of());

    /** The parameter of each source that has free attributes. */
    public static final String PARAMETER = "attributes";

    /** The names that {@link io.passbridge.credential.Account} has fields for. */
    public static final Set<String> FIELDS =
            Set.of("loginName", "aliases", "displayName", "givenName", "familyName", "mail");

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,63}");
    private static final Pattern ORIGIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    /** Not what some systems call a password, a key or its history: those never leave as text. */
    private static final Pattern SECRET =
            Pattern.compile(
                    "(passw|pwd|credential|secret|nthash|lmhash|principalkey|privatekey|otp|pin$)",
                    Pattern.CASE_INSENSITIVE);

    private static final int MOST = 50;

    public AttributeMapping {
        origins = Collections.unmodifiableMap(new LinkedHashMap<>(origins));
    }

    /** The declaration of the parameter. */
    public static Parameter parameter() {
        return Parameter.optional(
                PARAMETER,
                Type.LIST,
                "",
                "What a target gets of users beside their names: NAME=ATTRIBUTE, or ATTRIBUTE alone"
                        + " where both are the same; separated by commas.");
    }

    /** Reads a configuration that {@link #validate} found no fault in. */
    public static AttributeMapping of(ConnectorConfiguration configuration) {
        Map<String, String> origins = new LinkedHashMap<>();
        for (String entry : configuration.list(PARAMETER)) {
            String[] parts = split(entry);
            origins.put(parts[0], parts[1]);
        }
        return new AttributeMapping(origins);
    }

    /**
     * What is wrong with the parameter.
     *
     * @param fields those of {@link #FIELDS} whose origin can be declared here, because the source
     *     has no parameter of their own for it
     */
    public static List<Finding> validate(ConnectorConfiguration configuration, Set<String> fields) {
        List<Finding> faults = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        List<String> entries = configuration.list(PARAMETER);
        for (String entry : entries) {
            String[] parts = split(entry);
            fault(parts[0], parts[1], fields).ifPresent(faults::add);
            if (!seen.add(parts[0].toLowerCase(Locale.ROOT))) {
                faults.add(fault("'" + parts[0] + "' is declared twice", "keep one of them"));
            }
        }
        if (entries.size() > MOST) {
            faults.add(
                    fault(
                            Finding.count(entries.size(), "attribute is", "attributes are")
                                    + " declared",
                            "declare " + MOST + " at most"));
        }
        return faults;
    }

    private static Optional<Finding> fault(String name, String origin, Set<String> fields) {
        if (!NAME.matcher(name).matches() || !ORIGIN.matcher(origin).matches()) {
            return Optional.of(
                    fault(
                            "'" + name + "=" + origin + "' is not NAME=ATTRIBUTE",
                            "use letters, digits, '.', '_' and '-', as in"
                                    + " department=departmentNumber"));
        }
        if (SECRET.matcher(origin).find()) {
            return Optional.of(
                    fault(
                            "'" + origin + "' sounds like a password or a key",
                            "passwords are synchronised by routes; take it out"));
        }
        if (FIELDS.contains(name) && !fields.contains(name)) {
            return Optional.of(
                    fault(
                            "'" + name + "' is given without being declared here",
                            "use the parameter for it, if there is one, or another name"));
        }
        return Optional.empty();
    }

    private static Finding fault(String text, String remedy) {
        return Finding.error(PARAMETER, text, remedy);
    }

    private static String[] split(String entry) {
        int at = entry.indexOf('=');
        return at < 0
                ? new String[] {entry, entry}
                : new String[] {entry.substring(0, at).strip(), entry.substring(at + 1).strip()};
    }

    /** The source's attribute for one of {@link #FIELDS}, if another than the usual is declared. */
    public Optional<String> field(String name) {
        return Optional.ofNullable(FIELDS.contains(name) ? origins.get(name) : null);
    }

    /** The source's attributes that are needed beside the usual ones. */
    public Collection<String> attributes() {
        return origins.values();
    }

    /**
     * The free attributes of a user: a name for each that is declared, and an empty list where the
     * user has none. A value that is no text in UTF-8 comes in Base64.
     *
     * @param values what the user has of a source's attribute, never {@code null}
     */
    public Map<String, List<String>> read(Function<String, List<byte[]>> values) {
        Map<String, List<String>> read = new LinkedHashMap<>();
        origins.forEach(
                (name, origin) -> {
                    if (!FIELDS.contains(name)) {
                        read.put(
                                name,
                                values.apply(origin).stream().map(AttributeMapping::text).toList());
                    }
                });
        return read;
    }

    private static String text(byte[] value) {
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
            if (text.indexOf('\0') < 0) {
                return text;
            }
        } catch (CharacterCodingException binary) {
            // in Base64, as LDIF shows it
        }
        return Base64.getEncoder().encodeToString(value);
    }
}
