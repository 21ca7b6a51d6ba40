/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.source;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ldap.memory.PasswordVersions;
import io.passbridge.connector.ldap.session.Failures;
import io.passbridge.times.DirectoryTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Who is to be looked up when a server has told all: who seems to be gone, who joined or left a
 * group, and whose time has come.
 */
final class UntoldUsers {
    /** So many who are there no more at once, and nobody else left, is a broken source. */
    private static final int SUSPICIOUS = 10;

    private final RunMeans means;
    private final LdapWatermark from;
    private final PasswordVersions versions;
    private final Whereabouts whereabouts;
    private final boolean expiriesAreDue;

    UntoldUsers(
            RunMeans means,
            LdapWatermark from,
            PasswordVersions versions,
            Whereabouts whereabouts) {
        this.means = means;
        this.from = from;
        this.versions = versions;
        this.whereabouts = whereabouts;
        this.expiriesAreDue = !from.isFull() && Expiries.isDue(from.lookedAt(), means.now());
    }

    /** FILETIME up to which expiries have been looked for, once {@link #of} has returned. */
    long lookedAt() {
        return from.isFull() || expiriesAreDue ? DirectoryTime.of(means.now()) : from.lookedAt();
    }

    /**
     * Finds them.
     *
     * @param gone whom the server named as gone
     * @param listed everybody there, if the server has listed them
     * @param given who was read in this run, whose next one tells if they are gone after all
     */
    List<UUID> of(Set<UUID> gone, Optional<Set<UUID>> listed, Set<UUID> given)
            throws ConnectorException {
        List<UUID> users = new ArrayList<>(gone(gone, listed, given));
        if (from.isFull()) {
            return users;
        }
        try {
            if (!means.membership().hash().equals(from.members())) {
                addJoinersAndLeavers(users);
            }
            if (expiriesAreDue) {
                users.addAll(
                        new Expiries(
                                        means.connection(),
                                        means.settings().scope(),
                                        means.people(),
                                        means.pageSize())
                                .between(DirectoryTime.toInstant(from.lookedAt()), means.now()));
            }
            return users;
        } catch (LDAPException e) {
            throw Failures.ofReading("the directory", e);
        }
    }

    private Set<UUID> gone(Set<UUID> named, Optional<Set<UUID>> listed, Set<UUID> given)
            throws ConnectorException {
        Set<UUID> gone = new HashSet<>(named);
        if (listed.isPresent()) {
            Set<UUID> missing = versions.without(listed.get());
            if (missing.size() >= SUSPICIOUS && missing.size() == versions.size()) {
                // OpenLDAP hides what is newer than its last checkpoint after a crash, from this
                // search and not from others
                whereabouts.requireSomebody(missing.size());
            }
            gone.addAll(missing);
        }
        // servers tell of other entries, too: of groups, and of users out of scope
        gone.removeIf(id -> versions.known(id).isEmpty());
        if (means.bases().size() > 1) {
            // gone from one base and there in another; whoever left both comes with the next run
            gone.removeAll(given);
        }
        return gone;
    }

    /** A group that changed says nothing about the entries of its members. */
    private void addJoinersAndLeavers(List<UUID> users) throws LDAPException {
        for (String base : means.bases()) {
            Query query =
                    means.below(
                            base, means.anchors().attribute(), means.settings().mapping().login());
            PagedSearch search = new PagedSearch(means.connection(), query, means.pageSize());
            Optional<SearchResultEntry> entry = search.next();
            while (entry.isPresent()) {
                SearchResultEntry user = entry.get();
                boolean member = means.membership().includes(user, means.people().loginName(user));
                means.anchors()
                        .of(user)
                        .filter(id -> member != versions.known(id).isPresent())
                        .ifPresent(users::add);
                entry = search.next();
            }
        }
    }
}
