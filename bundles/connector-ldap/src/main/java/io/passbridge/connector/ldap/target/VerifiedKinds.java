/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.target;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPInterface;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import io.passbridge.connector.ldap.session.ServerFacts;
import io.passbridge.credential.PasswordKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The kinds of {@code userPassword} values that a server verifies: what the configuration says, or
 * what the server's own configuration shows, or else what every server of its make can do. A server
 * takes a scheme that it does not know for the password itself and lets its text sign in, so that
 * nothing is guessed.
 *
 * @param source where this is known from, for people
 */
public record VerifiedKinds(Set<PasswordKind> kinds, String source) {
    private static final Map<String, List<PasswordKind>> OPENLDAP_MODULES =
            Map.of(
                    "pw-sha2",
                    List.of(PasswordKind.SSHA256, PasswordKind.SSHA384, PasswordKind.SSHA512),
                    "pw-pbkdf2",
                    List.of(
                            PasswordKind.PBKDF2_SHA1,
                            PasswordKind.PBKDF2_SHA256,
                            PasswordKind.PBKDF2_SHA512),
                    "argon2",
                    List.of(PasswordKind.ARGON2ID, PasswordKind.ARGON2I));

    /** What crypt(3) of every current system can do. */
    private static final List<PasswordKind> CRYPT =
            List.of(PasswordKind.SHA256_CRYPT, PasswordKind.SHA512_CRYPT);

    public VerifiedKinds {
        kinds = Set.copyOf(kinds);
    }

    /**
     * @param configured names of kinds or schemes, or empty to find out
     */
    public static VerifiedKinds of(
            LDAPInterface directory, ServerFacts facts, List<String> configured)
            throws LDAPException {
        if (!configured.isEmpty()) {
            Set<PasswordKind> kinds = EnumSet.noneOf(PasswordKind.class);
            Arrays.stream(PasswordKind.values())
                    .filter(kind -> configured.stream().anyMatch(kind::isNamed))
                    .forEach(kinds::add);
            return new VerifiedKinds(kinds, "as configured");
        }
        return switch (facts.kind()) {
            case OPENLDAP -> openLdap(directory);
            case DIRECTORY_389 -> directory389(directory, facts);
            case OTHER -> new VerifiedKinds(Set.of(), "nothing is known of this make of server");
        };
    }

    private static VerifiedKinds openLdap(LDAPInterface directory) throws LDAPException {
        Set<PasswordKind> kinds = EnumSet.of(PasswordKind.SSHA);
        List<String> modules =
                values(directory, "cn=config", "(objectClass=olcModuleList)", "olcModuleLoad");
        for (String module : modules) {
            OPENLDAP_MODULES.forEach(
                    (name, more) -> {
                        if (module.matches("(\\{\\d+})?(.*/)?" + name + "(\\.la|\\.so)?( .*)?")) {
                            kinds.addAll(more);
                        }
                    });
        }
        return new VerifiedKinds(
                kinds,
                modules.isEmpty()
                        ? "built in; the account does not see the server's modules"
                        : "built in, and of the modules that are loaded");
    }

    private static VerifiedKinds directory389(LDAPInterface directory, ServerFacts facts)
            throws LDAPException {
        Set<String> names =
                new HashSet<>(
                        values(
                                directory,
                                "cn=Password Storage Schemes,cn=plugins,cn=config",
                                "(nsslapd-pluginEnabled=on)",
                                "cn"));
        boolean seen = !names.isEmpty();
        if (!seen) {
            names.addAll(
                    List.of("SSHA", "SSHA256", "SSHA384", "SSHA512", "PBKDF2_SHA256", "CRYPT"));
            if (facts.version().matches("389-Directory/([2-9]|\\d\\d)\\..*")) {
                names.addAll(List.of("PBKDF2-SHA256", "PBKDF2-SHA512"));
            }
        }
        Set<PasswordKind> kinds = EnumSet.noneOf(PasswordKind.class);
        for (String name : names) {
            String plain = name.toUpperCase(Locale.ROOT);
            if (plain.startsWith("CRYPT")) {
                kinds.addAll(CRYPT);
            } else {
                Arrays.stream(PasswordKind.values())
                        .filter(kind -> kind.text().equals(plain) || kind.braces().contains(plain))
                        .filter(PasswordKind::mayPass)
                        .filter(kind -> !kind.text().startsWith("ARGON2"))
                        .forEach(kinds::add);
            }
        }
        return new VerifiedKinds(
                kinds,
                seen
                        ? "the server's storage schemes"
                        : "what every server of this make has; the account does not see its"
                                + " storage schemes");
    }

    private static List<String> values(
            LDAPInterface directory, String base, String filter, String attribute)
            throws LDAPException {
        List<String> values = new ArrayList<>();
        try {
            for (SearchResultEntry entry :
                    directory.search(base, SearchScope.SUB, filter, attribute).getSearchEntries()) {
                String[] some = entry.getAttributeValues(attribute);
                values.addAll(some == null ? List.of() : Arrays.asList(some));
            }
        } catch (LDAPException e) {
            if (!e.getResultCode().isConnectionUsable()) {
                throw e;
            }
        }
        return values;
    }

    /** The names, as targets list them. */
    public Set<String> names() {
        Set<String> names = new HashSet<>();
        kinds.forEach(kind -> names.add(kind.text()));
        return names;
    }
}
