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
        long[] half = new long[2];
        int digits = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '-') {
                int digit = c < 0x80 ? Character.digit(c, 16) : -1;
                if (digit < 0 || digits == DIGITS) {
                    return Optional.empty();
                }
                half[digits / 16] = half[digits / 16] << 4 | digit;
                digits++;
            }
        }
        return digits == DIGITS ? Optional.of(new UUID(half[0], half[1])) : Optional.empty();
    }

    /** In the text form of the attribute. */
    public SourceAnchor anchor(UUID id) {
        if (!attribute.equalsIgnoreCase(NS_UNIQUE_ID)) {
            return new SourceAnchor(id.toString());
        }
        String usual = id.toString().replace("-", "");
        return new SourceAnchor(
                String.join(
                        "-",
                        usual.substring(0, 8),
                        usual.substring(8, 16),
                        usual.substring(16, 24),
                        usual.substring(24)));
    }

    /** What any of the entries matches. */
    public Filter filter(Collection<UUID> ids) {
        return Filter.createORFilter(
                ids.stream()
                        .map(id -> Filter.createEqualityFilter(attribute, anchor(id).value()))
                        .toList());
    }
}
