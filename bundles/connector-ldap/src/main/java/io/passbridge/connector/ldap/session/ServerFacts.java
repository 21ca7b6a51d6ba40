/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.session;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPInterface;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.ContentSyncRequestControl;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * What a server says about itself in its root entry (RFC 4512 section 5.1).
 *
 * @param version as its maker writes it, or empty
 * @param controls object identifiers of the controls that it knows
 * @param changelog distinguished name of the retro changelog, or empty
 * @param contexts distinguished names of the trees that it holds
 */
public record ServerFacts(
        ServerKind kind,
        String version,
        Set<String> controls,
        String changelog,
        List<String> contexts) {
    private static final String[] ASKED = {
        "objectClass",
        "vendorName",
        "vendorVersion",
        "supportedControl",
        "changelog",
        "namingContexts"
    };

    public ServerFacts {
        controls = Set.copyOf(controls);
        contexts = List.copyOf(contexts);
    }

    public static ServerFacts read(LDAPInterface connection) throws LDAPException {
        SearchResultEntry root =
                connection.searchForEntry(
                        new SearchRequest("", SearchScope.BASE, "(objectClass=*)", ASKED));
        if (root == null) {
            return new ServerFacts(ServerKind.OTHER, "", Set.of(), "", List.of());
        }
        String changelog = Objects.requireNonNullElse(root.getAttributeValue("changelog"), "");
        return new ServerFacts(
                kind(root),
                String.join(" ", values(root, "vendorVersion")),
                Set.copyOf(values(root, "supportedControl")),
                changelog,
                // the changelog holds no users, and may be very large
                values(root, "namingContexts").stream()
                        .filter(tree -> !tree.equalsIgnoreCase(changelog))
                        .toList());
    }

    private static ServerKind kind(SearchResultEntry root) {
        if (root.hasObjectClass("OpenLDAProotDSE")) {
            return ServerKind.OPENLDAP;
        }
        String vendor =
                String.join(" ", values(root, "vendorName")).toLowerCase(Locale.ROOT)
                        + String.join(" ", values(root, "vendorVersion")).toLowerCase(Locale.ROOT);
        return vendor.contains("389") ? ServerKind.DIRECTORY_389 : ServerKind.OTHER;
    }

    private static List<String> values(SearchResultEntry entry, String attribute) {
        String[] values = entry.getAttributeValues(attribute);
        return values == null ? List.of() : Arrays.asList(values);
    }

    /** Whether the server knows content synchronisation (RFC 4533). */
    public boolean knowsContentSync() {
        return controls.contains(ContentSyncRequestControl.SYNC_REQUEST_OID);
    }
}
