/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import com.unboundid.ldap.sdk.Entry;
import io.passbridge.connector.AttributeMapping;
import io.passbridge.credential.Account;
import io.passbridge.credential.SourceAnchor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes a user object out of what LDAP says of a user. */
final class AccountReading {
    /** What can be declared to be read from another attribute than the usual one. */
    static final Set<String> FIELDS =
            Set.of("loginName", "displayName", "givenName", "familyName", "mail");

    private static final String LOGIN = "sAMAccountName";
    private static final String PRINCIPAL = "userPrincipalName";

    /**
     * Everything that is asked of a user over LDAP where nothing else is declared; documented in
     * docs/connectors/active-directory.md.
     */
    static final String[] ATTRIBUTES = {
        "objectGUID", LOGIN, PRINCIPAL, "displayName", "givenName", "sn", "mail"
    };

    private static final Map<String, String> USUAL =
            Map.of(
                    "displayName",
                    "displayName",
                    "givenName",
                    "givenName",
                    "familyName",
                    "sn",
                    "mail",
                    "mail");

    private final AttributeMapping mapping;

    AccountReading(AttributeMapping mapping) {
        this.mapping = mapping;
    }

    /** The attributes to ask for. */
    String[] attributes() {
        Set<String> names = new LinkedHashSet<>(Arrays.asList(ATTRIBUTES));
        names.addAll(mapping.attributes());
        return names.toArray(String[]::new);
    }

    /**
     * Those whose change is a change of the user object, and which replication brings for nothing
     * else.
     */
    Set<String> watched() {
        Set<String> names = new LinkedHashSet<>(mapping.attributes());
        USUAL.forEach((field, usual) -> names.add(mapping.field(field).orElse(usual)));
        return names;
    }

    Account account(SourceAnchor anchor, Entry entry) {
        String own = entry.getAttributeValue(LOGIN);
        String login = mapping.field("loginName").map(name -> text(entry, name)).orElse("");
        if (login.isBlank()) {
            login = own;
        }
        String mail = field(entry, "mail");
        List<String> aliases = new ArrayList<>();
        for (String name : List.of(own, text(entry, PRINCIPAL), mail)) {
            if (!name.isBlank() && !name.equals(login) && !aliases.contains(name)) {
                aliases.add(name);
            }
        }
        return new Account(
                anchor,
                login,
                aliases,
                field(entry, "displayName"),
                field(entry, "givenName"),
                field(entry, "familyName"),
                mail,
                mapping.read(name -> values(entry, name)));
    }

    private String field(Entry entry, String field) {
        return text(entry, mapping.field(field).orElse(USUAL.get(field)));
    }

    private static String text(Entry entry, String attribute) {
        String value = entry.getAttributeValue(attribute);
        return value == null ? "" : value;
    }

    private static List<byte[]> values(Entry entry, String attribute) {
        byte[][] values = entry.getAttributeValueByteArrays(attribute);
        return values == null ? List.of() : List.of(values);
    }
}
