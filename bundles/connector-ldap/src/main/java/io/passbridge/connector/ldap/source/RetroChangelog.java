/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.source;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPInterface;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.ldap.session.Failures;
import io.passbridge.connector.ldap.session.ServerFacts;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The numbered list of changes that 389 Directory Server and its kin keep
 * (draft-good-ldap-changelog). What was written is in it, too, and never asked for.
 */
public final class RetroChangelog {
    private static final String NUMBER = "changeNumber";
    private static final String UNIQUE_ID = "nsUniqueId";
    private static final String[] ASKED = {
        NUMBER, "targetDN", "targetUniqueId", "changeType", "newRDN", "newSuperior"
    };

    private final LDAPInterface directory;
    private final String name;

    /**
     * @param name distinguished name, as the root entry tells it
     */
    RetroChangelog(LDAPInterface directory, String name) {
        this.directory = directory;
        this.name = name;
    }

    /**
     * Which numbers there are.
     *
     * @param first 0 if there are none
     * @param last 0 if there never was one
     */
    record Numbers(long first, long last) {}

    /** Why the changelog cannot be used; empty if it can. */
    public static Optional<String> trouble(LDAPInterface directory, ServerFacts facts)
            throws LDAPException {
        if (facts.changelog().isEmpty()) {
            return Optional.of("the server keeps no retro changelog");
        }
        try {
            new RetroChangelog(directory, facts.changelog()).requireVisible();
            return Optional.empty();
        } catch (ConnectorException e) {
            return Optional.of(e.getMessage());
        } catch (LDAPException e) {
            if (!e.getResultCode().isConnectionUsable()) {
                throw e;
            }
            return Optional.of(Failures.text(e));
        }
    }

    private void requireVisible() throws LDAPException, ConnectorException {
        id();
        Numbers numbers = numbers();
        if (numbers.last() > 0 && numbers.first() > 0) {
            requireVisible(numbers.last());
        }
    }

    /** What tells this changelog from that of another server, and from one that is made anew. */
    String id() throws LDAPException, ConnectorException {
        SearchResultEntry entry = directory.getEntry(name, UNIQUE_ID, "entryUUID");
        if (entry == null) {
            throw hidden(name);
        }
        String id = entry.getAttributeValue(UNIQUE_ID);
        return Objects.requireNonNullElse(
                id == null ? entry.getAttributeValue("entryUUID") : id, "-");
    }

    Numbers numbers() throws LDAPException, ConnectorException {
        SearchResultEntry root = directory.getEntry("", "firstChangeNumber", "lastChangeNumber");
        if (root == null || !root.hasAttribute("lastChangeNumber")) {
            throw new ConnectorException(
                    Kind.CONFIGURATION,
                    "the server keeps no retro changelog; switch it on, or set strategy = auto");
        }
        return new Numbers(number(root, "firstChangeNumber"), number(root, "lastChangeNumber"));
    }

    private static long number(SearchResultEntry entry, String attribute) {
        return Objects.requireNonNullElse(entry.getAttributeValueAsLong(attribute), 0L);
    }

    /** The changes of a range of numbers, both ends included, in their order. */
    List<SearchResultEntry> range(long first, long last) throws LDAPException {
        List<SearchResultEntry> changes =
                directory
                        .search(
                                new SearchRequest(
                                        name,
                                        SearchScope.ONE,
                                        Filter.createANDFilter(
                                                Filter.createGreaterOrEqualFilter(
                                                        NUMBER, Long.toString(first)),
                                                Filter.createLessOrEqualFilter(
                                                        NUMBER, Long.toString(last))),
                                        ASKED))
                        .getSearchEntries();
        return changes.stream()
                .sorted((a, b) -> Long.compare(number(a, NUMBER), number(b, NUMBER)))
                .toList();
    }

    /** Who may not see the changes must not conclude that there are none. */
    void requireVisible(long number) throws LDAPException, ConnectorException {
        if (range(number, number).isEmpty()) {
            throw hidden(NUMBER + "=" + number + "," + name);
        }
    }

    private static ConnectorException hidden(String what) {
        return new ConnectorException(
                Kind.PERMISSION,
                "'"
                        + what
                        + "' is not to be seen; let the account read all of the changelog but"
                        + " 'changes'");
    }
}
