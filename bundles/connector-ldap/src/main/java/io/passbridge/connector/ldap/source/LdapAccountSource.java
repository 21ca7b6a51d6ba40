/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.source;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import io.passbridge.connector.AccountSource;
import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ldap.entry.Anchors;
import io.passbridge.connector.ldap.entry.PasswordAges;
import io.passbridge.connector.ldap.entry.People;
import io.passbridge.connector.ldap.memory.PasswordVersions;
import io.passbridge.connector.ldap.session.ServerFacts;
import io.passbridge.connector.ldap.session.Session;
import io.passbridge.connector.ldap.settings.LdapSettings;
import io.passbridge.credential.Account;
import io.passbridge.credential.SourceAnchor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The users of the directory as objects: names, mail, and search by name. */
public final class LdapAccountSource implements AccountSource {
    private static final int MOST_FOUND = 10;
    private static final int BATCH = 100;

    private final LdapSettings settings;
    private final ConnectorContext context;
    private final Session session;

    public LdapAccountSource(LdapSettings settings, ConnectorContext context, Session session) {
        this.settings = settings;
        this.context = context;
        this.session = session;
    }

    private People people(LDAPConnectionPool directory) throws LDAPException {
        // names alone are read here: no version is asked for
        return new People(
                settings.mapping(),
                Anchors.of(settings.mapping(), ServerFacts.read(directory)),
                new PasswordVersions(context.dataFolder(), false),
                PasswordAges.NONE,
                context.clock());
    }

    @Override
    public List<Account> accounts(Collection<SourceAnchor> anchors) throws ConnectorException {
        return session.ask(
                directory -> {
                    People people = people(directory);
                    List<UUID> ids =
                            anchors.stream()
                                    .flatMap(
                                            anchor ->
                                                    people.anchors().parse(anchor.value()).stream())
                                    .distinct()
                                    .toList();
                    Map<UUID, Account> accounts = new HashMap<>();
                    for (int at = 0; at < ids.size(); at += BATCH) {
                        List<UUID> batch = ids.subList(at, Math.min(at + BATCH, ids.size()));
                        search(directory, people, people.anchors().filter(batch), accounts);
                    }
                    return List.copyOf(accounts.values());
                });
    }

    @Override
    public List<Account> find(String name) throws ConnectorException {
        String wanted = name.strip();
        if (wanted.isEmpty()) {
            return List.of();
        }
        return session.ask(
                directory -> {
                    People people = people(directory);
                    List<Filter> any = new ArrayList<>();
                    any.add(Filter.createEqualityFilter(settings.mapping().login(), wanted));
                    for (String alias : settings.mapping().aliases()) {
                        any.add(Filter.createEqualityFilter(alias, wanted));
                    }
                    people.anchors()
                            .parse(wanted)
                            .ifPresent(id -> any.add(people.anchors().filter(List.of(id))));
                    Map<UUID, Account> accounts = new HashMap<>();
                    search(directory, people, Filter.createORFilter(any), accounts);
                    return accounts.values().stream().limit(MOST_FOUND).toList();
                });
    }

    private void search(
            LDAPConnectionPool directory, People people, Filter which, Map<UUID, Account> accounts)
            throws LDAPException {
        List<String> attributes = new ArrayList<>(people.accountAttributes());
        attributes.add(people.anchors().attribute());
        for (String base : settings.scope().bases()) {
            SearchRequest request =
                    new SearchRequest(
                            base,
                            SearchScope.SUB,
                            Filter.createANDFilter(settings.scope().filter(), which),
                            attributes.toArray(String[]::new));
            for (SearchResultEntry entry : directory.search(request).getSearchEntries()) {
                people.anchors()
                        .of(entry)
                        .filter(id -> settings.scope().places().hold(entry.getDN()))
                        .ifPresent(
                                id ->
                                        people.account(people.anchors().anchor(id), entry)
                                                .ifPresent(account -> accounts.put(id, account)));
            }
        }
    }
}
