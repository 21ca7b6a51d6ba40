/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.entry;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import io.passbridge.connector.ldap.session.ServerFacts;
import io.passbridge.connector.ldap.settings.Mapping;
import io.passbridge.credential.SourceAnchor;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;

/**
 * The attribute that identifies a user for ever. Both that there are hold 128 bits, as do the
 * identifiers of content synchronisation: {@code entryUUID} (RFC 4530) as 8-4-4-4-12 hexadecimal
 * digits, {@code nsUniqueId} of 389 Directory Server as 8-8-8-8.
 *
 * @param attribute its name
 */
public record Anchors(String attribute) {
    private static final String NS_UNIQUE_ID = "nsUniqueId";
    private static final int DIGITS = 32;

    public static Anchors of(Mapping mapping, ServerFacts facts) {
        return new Anchors(
                mapping.anchor().equalsIgnoreCase(Mapping.AUTO)
                        ? facts.kind().anchor()
                        : mapping.anchor());
    }

    /** The identifier of an entry; empty if it shows none. */
    public Optional<UUID> of(Entry entry) {
        String text = entry.getAttributeValue(attribute);
        return text == null ? Optional.empty() : parse(text);
    }

    /** The identifier that an anchor is; empty if it is none of this kind. */
    public Optional<UUID> parse(String text) {
        String digits = text.replace("-", "");
        if (digits.length() != DIGITS || !digits.matches("[0-9A-Fa-f]*")) {
            return Optional.empty();
        }
        return Optional.of(
                new UUID(
                        Long.parseUnsignedLong(digits, 0, 16, 16),
                        Long.parseUnsignedLong(digits, 16, DIGITS, 16)));
    }

    /** In the text form of the attribute. */
    public SourceAnchor anchor(UUID id) {
        if (!attribute.equalsIgnoreCase(NS_UNIQUE_ID)) {
            return new SourceAnchor(id.toString());
        }
        String digits =
                String.format(
                        "%016x%016x", id.getMostSignificantBits(), id.getLeastSignificantBits());
        return new SourceAnchor(
                String.join(
                        "-",
                        digits.substring(0, 8),
                        digits.substring(8, 16),
                        digits.substring(16, 24),
                        digits.substring(24)));
    }

    /** What any of the entries matches. */
    public Filter filter(Collection<UUID> ids) {
        return Filter.createORFilter(
                ids.stream()
                        .map(id -> Filter.createEqualityFilter(attribute, anchor(id).value()))
                        .toList());
    }
}
