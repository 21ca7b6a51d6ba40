/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.source;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ldap.entry.Anchors;
import io.passbridge.connector.ldap.session.Failures;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Changes by the numbers of the retro changelog: which entries changed is read there, and what they
 * hold now from the entries themselves. Where the changelog does not say which entry was deleted or
 * renamed, everybody is listed. A changelog that no longer reaches back far enough, or that is
 * another one, leads to one full read.
 */
final class RetroChangelogFeed implements ChangeFeed {
    private static final long AT_ONCE = 500;
    private static final int BATCH = 100;
    private static final String UNIQUE_ID = "nsUniqueId";

    private final LDAPConnection connection;
    private final RetroChangelog changelog;
    private final Query query;
    private final Anchors anchors;
    private final int pageSize;
    private final boolean full;
    private final String id;
    private final long last;
    private final PagedSearch everybody;

    private final Set<UUID> changed = new LinkedHashSet<>();
    private final Set<String> changedNames = new LinkedHashSet<>();
    private final Deque<SearchResultEntry> ready = new ArrayDeque<>();
    private final Set<UUID> gone = new HashSet<>();
    private final Set<UUID> present = new HashSet<>();
    private final Set<UUID> renamed = new HashSet<>();
    private Optional<UUID> lastAnchor = Optional.empty();
    private boolean lists;
    private boolean listed;
    private long at;

    /**
     * @param from the position, or an empty array to read everybody
     */
    RetroChangelogFeed(
            LDAPConnection connection,
            RetroChangelog changelog,
            Query query,
            Anchors anchors,
            int pageSize,
            byte[] from)
            throws ConnectorException {
        this.connection = connection;
        this.changelog = changelog;
        this.query = query;
        this.anchors = anchors;
        this.pageSize = pageSize;
        this.full = from.length == 0;
        this.everybody = new PagedSearch(connection, query, pageSize);
        try {
            id = changelog.id();
            RetroChangelog.Numbers numbers = changelog.numbers();
            last = numbers.last();
            at = full ? last : position(from, numbers);
            if (at < last) {
                changelog.requireVisible(last);
            }
        } catch (LDAPException e) {
            throw failure(e);
        }
    }

    private ConnectorException failure(LDAPException e) {
        return Failures.ofReading(connection.getConnectionName(), e);
    }

    private long position(byte[] from, RetroChangelog.Numbers numbers) throws ConnectorException {
        String[] words = new String(from, StandardCharsets.US_ASCII).split(" ", -1);
        if (!words[0].equals(id)) {
            throw LdapWatermark.expired("the changelog is another one than before");
        }
        long number;
        try {
            number = Long.parseLong(words[words.length - 1]);
        } catch (NumberFormatException e) {
            throw LdapWatermark.expired("the position is damaged");
        }
        if (number > numbers.last()
                || number < numbers.last()
                        && (numbers.first() == 0 || number + 1 < numbers.first())) {
            throw LdapWatermark.expired(
                    "the changelog holds "
                            + numbers.first()
                            + " to "
                            + numbers.last()
                            + ", and "
                            + (number + 1)
                            + " was to come next");
        }
        return number;
    }

    @Override
    public Optional<SearchResultEntry> next() throws ConnectorException {
        try {
            Optional<SearchResultEntry> entry = full ? everybody.next() : nextChanged();
            lastAnchor = entry.flatMap(anchors::of);
            if (full) {
                lastAnchor.ifPresent(present::add);
            }
            return entry;
        } catch (LDAPException e) {
            throw failure(e);
        }
    }

    private Optional<SearchResultEntry> nextChanged() throws LDAPException {
        while (ready.isEmpty() && step()) {
            // one step may bring nothing
        }
        return Optional.ofNullable(ready.poll());
    }

    @Override
    public Optional<UUID> last() {
        return lastAnchor;
    }

    /** Reads on: a part of the changelog, then entries; false at the end. */
    private boolean step() throws LDAPException {
        if (at < last) {
            long to = Math.min(at + AT_ONCE, last);
            for (SearchResultEntry change : changelog.range(at + 1, to)) {
                note(change);
            }
            at = to;
            return true;
        }
        if (!changed.isEmpty()) {
            byAnchors();
            return true;
        }
        if (!changedNames.isEmpty()) {
            byName();
            return true;
        }
        if (lists && !listed) {
            listed = true;
            list();
        }
        return false;
    }

    private void note(SearchResultEntry change) throws LDAPException {
        String target = change.getAttributeValue("targetDN");
        String type = change.getAttributeValue("changeType");
        Optional<UUID> uniqueId =
                Optional.ofNullable(change.getAttributeValue("targetUniqueId"))
                        .filter(text -> anchors.attribute().equalsIgnoreCase(UNIQUE_ID))
                        .flatMap(anchors::parse);
        boolean rename = "modrdn".equalsIgnoreCase(type) || "moddn".equalsIgnoreCase(type);
        if (uniqueId.isPresent()) {
            changed.add(uniqueId.get());
            if (rename) {
                renamed.add(uniqueId.get());
            }
        } else if (target != null && DN.isValidDN(target)) {
            lists |= rename || "delete".equalsIgnoreCase(type);
            String name = rename ? renamed(change, new DN(target)) : DN.normalize(target);
            if (DN.isDescendantOf(name, query.base(), true)) {
                changedNames.add(name);
            }
        }
    }

    private static String renamed(SearchResultEntry change, DN before) throws LDAPException {
        String above = change.getAttributeValue("newSuperior");
        return new DN(
                        new RDN(change.getAttributeValue("newRDN")),
                        above == null ? before.getParent() : new DN(above))
                .toNormalizedString();
    }

    private void byAnchors() throws LDAPException {
        List<UUID> batch = new ArrayList<>(changed).subList(0, Math.min(BATCH, changed.size()));
        Set<UUID> missing = new HashSet<>(batch);
        Query which = query.with(anchors.filter(batch));
        SearchRequest request =
                new SearchRequest(
                        which.base(), SearchScope.SUB, which.filter(), which.attributes());
        for (SearchResultEntry entry : connection.search(request).getSearchEntries()) {
            anchors.of(entry).ifPresent(missing::remove);
            ready.add(entry);
        }
        gone.addAll(missing);
        // a branch takes everybody in it along
        lists |= missing.stream().anyMatch(renamed::contains);
        changed.removeAll(batch);
    }

    private void byName() throws LDAPException {
        String name = changedNames.iterator().next();
        changedNames.remove(name);
        SearchResultEntry entry =
                connection.searchForEntry(
                        new SearchRequest(
                                name, SearchScope.BASE, query.filter(), query.attributes()));
        if (entry == null) {
            lists = true;
        } else {
            ready.add(entry);
        }
    }

    private void list() throws LDAPException {
        PagedSearch listing =
                new PagedSearch(connection, query.asking(anchors.attribute()), pageSize);
        Optional<SearchResultEntry> entry = listing.next();
        while (entry.isPresent()) {
            anchors.of(entry.get()).ifPresent(present::add);
            entry = listing.next();
        }
    }

    @Override
    public Set<UUID> gone() {
        return gone;
    }

    @Override
    public Optional<Set<UUID>> present() {
        return full || lists ? Optional.of(present) : Optional.empty();
    }

    @Override
    public byte[] position() {
        return (id + " " + last).getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        // the connection is the run's
    }
}
