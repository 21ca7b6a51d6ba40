/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.source;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPInterface;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.ldap.entry.People;
import io.passbridge.connector.ldap.entry.UnusablePasswordException;
import io.passbridge.connector.ldap.memory.LaggingAnswerException;
import io.passbridge.connector.ldap.session.Failures;
import io.passbridge.connector.ldap.session.ServerFacts;
import io.passbridge.connector.ldap.settings.Scope;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.credential.CredentialChange;
import io.passbridge.health.Finding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Looks users up by their anchors. Whoever is not found in scope is looked for in all trees of the
 * server: who is nowhere is gone, and only then.
 */
final class Whereabouts {
    private static final int BATCH = 100;

    private final LDAPInterface directory;
    private final ServerFacts facts;
    private final Scope scope;
    private final Membership membership;
    private final People people;
    private final UnusableUsers unusable;

    Whereabouts(
            LDAPInterface directory,
            ServerFacts facts,
            Scope scope,
            Membership membership,
            People people,
            UnusableUsers unusable) {
        this.directory = directory;
        this.facts = facts;
        this.scope = scope;
        this.membership = membership;
        this.people = people;
        this.unusable = unusable;
    }

    /**
     * One change for each user but those whose answer is older than one before, each closed by the
     * caller.
     *
     * @param ids any number
     */
    List<CredentialChange> of(Collection<UUID> ids) throws ConnectorException {
        List<CredentialChange> changes = new ArrayList<>();
        List<UUID> all = new ArrayList<>(new HashSet<>(ids));
        try {
            for (int at = 0; at < all.size(); at += BATCH) {
                batch(all.subList(at, Math.min(at + BATCH, all.size())), changes);
            }
            return changes;
        } catch (LDAPException e) {
            changes.forEach(CredentialChange::close);
            throw Failures.ofReading("the directory", e);
        } catch (ConnectorException e) {
            changes.forEach(CredentialChange::close);
            throw e;
        }
    }

    /**
     * @param before how many users there were
     * @throws ConnectorException of kind {@code PERMISSION} if nobody at all is to be seen
     */
    void requireSomebody(int before) throws ConnectorException {
        try {
            for (String base : scope.bases()) {
                Query query = new Query(base, scope.filter(), "1.1");
                if (new PagedSearch(directory, query, 1).next().isPresent()) {
                    return;
                }
            }
        } catch (LDAPException e) {
            throw Failures.ofReading("the directory", e);
        }
        throw new ConnectorException(
                Kind.PERMISSION,
                "nobody is to be seen any more where "
                        + Finding.count(before, "user was", "users were")
                        + "; nobody is taken for deleted. Correct baseDns, filter or"
                        + " the account's rights");
    }

    private void batch(List<UUID> ids, List<CredentialChange> changes)
            throws LDAPException, ConnectorException {
        Map<UUID, SearchResultEntry> found = new HashMap<>();
        for (String base : scope.bases()) {
            Query query = new Query(base, scope.filter(), people.attributes());
            collect(query.with(people.anchors().filter(ids)), found);
        }
        found.forEach((id, entry) -> change(id, entry).ifPresent(changes::add));
        Set<UUID> missing = new HashSet<>(ids);
        missing.removeAll(found.keySet());
        if (!missing.isEmpty()) {
            Set<UUID> elsewhere = elsewhere(missing);
            for (UUID id : missing) {
                changes.add(
                        people.gone(id, elsewhere.contains(id) ? Flag.OUT_OF_SCOPE : Flag.DELETED));
            }
        }
    }

    private Optional<CredentialChange> change(UUID id, SearchResultEntry entry) {
        if (!membership.includes(entry, people.loginName(entry))) {
            return Optional.of(people.gone(id, Flag.OUT_OF_SCOPE));
        }
        try {
            return Optional.of(usable(id, entry));
        } catch (LaggingAnswerException e) {
            unusable.add(people.unread(id, e));
            return Optional.empty();
        }
    }

    private CredentialChange usable(UUID id, SearchResultEntry entry)
            throws LaggingAnswerException {
        try {
            return people.change(id, entry);
        } catch (UnusablePasswordException e) {
            unusable.add(
                    entry.getDN(),
                    people.loginName(entry),
                    Optional.of(people.anchors().anchor(id)),
                    e.getMessage());
            return people.withoutPassword(id, entry);
        }
    }

    private Set<UUID> elsewhere(Set<UUID> ids) throws LDAPException, ConnectorException {
        for (String base : scope.bases()) {
            requireVisible(base);
        }
        Set<String> trees = new HashSet<>(facts.contexts());
        trees.addAll(scope.bases());
        Map<UUID, SearchResultEntry> found = new HashMap<>();
        for (String tree : trees) {
            collect(
                    new Query(tree, people.anchors().filter(ids), people.anchors().attribute()),
                    found);
        }
        return found.keySet();
    }

    /** Who may not see the tree must not conclude that it is empty. */
    private void requireVisible(String base) throws LDAPException, ConnectorException {
        if (directory.getEntry(base, "1.1") == null) {
            throw new ConnectorException(
                    Kind.PERMISSION,
                    "'"
                            + base
                            + "' is not to be seen, so nobody is taken for deleted; correct"
                            + " baseDns or the account's rights");
        }
    }

    private void collect(Query query, Map<UUID, SearchResultEntry> found) throws LDAPException {
        SearchRequest request =
                new SearchRequest(
                        query.base(), SearchScope.SUB, query.filter(), query.attributes());
        for (SearchResultEntry entry : directory.search(request).getSearchEntries()) {
            people.anchors().of(entry).ifPresent(id -> found.put(id, entry));
        }
    }
}
