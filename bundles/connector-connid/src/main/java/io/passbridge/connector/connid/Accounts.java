/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.connid;

import io.passbridge.connector.AccountTarget;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ItemOutcome;
import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.credential.Account;
import io.passbridge.credential.SourceAnchor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.identityconnectors.framework.common.objects.Attribute;
import org.identityconnectors.framework.common.objects.AttributeBuilder;
import org.identityconnectors.framework.common.objects.ConnectorObject;
import org.identityconnectors.framework.common.objects.Name;

/** Creates accounts and keeps their names and fields; each is found by its anchor. */
final class Accounts implements AccountTarget {
    private final Sessions sessions;
    private final Settings settings;

    Accounts(Sessions sessions, Settings settings) {
        this.sessions = sessions;
        this.settings = settings;
    }

    @Override
    public List<ItemOutcome> provision(List<Account> batch) throws ConnectorException {
        List<String> anchors = batch.stream().map(account -> account.anchor().value()).toList();
        List<ItemOutcome> outcomes = new ArrayList<>(batch.size());
        try (Session session = sessions.open()) {
            Map<String, List<ConnectorObject>> present = session.with(settings.anchorIn(), anchors);
            for (Account account : batch) {
                outcomes.add(
                        Refusals.single(
                                account.anchor(),
                                () ->
                                        provision(
                                                session,
                                                account,
                                                present.getOrDefault(
                                                        account.anchor().value(), List.of()))));
            }
        }
        return outcomes;
    }

    private ItemOutcome provision(Session session, Account account, List<ConnectorObject> present)
            throws ConnectorException {
        if (present.size() > 1) {
            return Refusals.twice(account.anchor(), settings.anchorIn());
        }
        Optional<ConnectorObject> entry = present.stream().findFirst();
        Set<Attribute> changes = changes(account, entry);
        if (changes.isEmpty()) {
            return ItemOutcome.already(account.anchor());
        }
        String name = settings.nameOf(account.loginName());
        boolean named = changes.stream().anyMatch(change -> change.is(Name.NAME));
        if (named && taken(session, name, account.anchor())) {
            return new ItemOutcome(
                    account.anchor(),
                    Outcome.CONFLICT,
                    "'" + name + "' is there, and is not of this user");
        }
        if (entry.isPresent()) {
            session.update(entry.get().getUid(), changes);
            if (named && !isNamed(session, account.anchor(), name)) {
                return new ItemOutcome(
                        account.anchor(),
                        Outcome.REJECTED,
                        "the system did not take the new name '" + name + "'");
            }
        } else {
            changes.add(AttributeBuilder.build(settings.anchorIn(), account.anchor().value()));
            session.create(changes);
        }
        return ItemOutcome.applied(account.anchor());
    }

    /** Some connectors cannot rename, and do not say so. */
    private boolean isNamed(Session session, SourceAnchor anchor, String name)
            throws ConnectorException {
        return session.with(settings.anchorIn(), List.of(anchor.value())).values().stream()
                .flatMap(List::stream)
                .anyMatch(entry -> entry.getName().getNameValue().equals(name));
    }

    private boolean taken(Session session, String name, SourceAnchor anchor)
            throws ConnectorException {
        return session.with(Name.NAME, List.of(name)).values().stream()
                .flatMap(List::stream)
                .anyMatch(
                        other ->
                                Values.text(other, settings.anchorIn())
                                        .filter(anchor.value()::equals)
                                        .isEmpty());
    }

    /** What has to be written, the name among it; without the anchor. */
    private Set<Attribute> changes(Account account, Optional<ConnectorObject> entry) {
        Set<Attribute> changes = new HashSet<>();
        String name = settings.nameOf(account.loginName());
        if (entry.map(present -> !present.getName().getNameValue().equals(name)).orElse(true)) {
            changes.add(new Name(name));
        }
        settings.fields()
                .forEach(
                        (attribute, field) ->
                                wanted(account, field)
                                        .filter(
                                                values ->
                                                        !new HashSet<>(values)
                                                                .equals(now(entry, attribute)))
                                        .ifPresent(
                                                values ->
                                                        changes.add(
                                                                AttributeBuilder.build(
                                                                        attribute, values))));
        return changes;
    }

    private static Set<String> now(Optional<ConnectorObject> entry, String attribute) {
        return entry.map(present -> Set.copyOf(Values.texts(present, attribute))).orElse(Set.of());
    }

    /** The values of a field; empty if the source does not give it, and it is to stay. */
    private static Optional<List<String>> wanted(Account account, String field) {
        String value =
                switch (field) {
                    case "displayName" -> account.displayName();
                    case "givenName" -> account.givenName();
                    case "familyName" -> account.familyName();
                    case "mail" -> account.mail();
                    case "loginName" -> account.loginName();
                    default -> null;
                };
        return value == null
                ? Optional.ofNullable(account.attributes().get(field))
                : Optional.of(value.isEmpty() ? List.of() : List.of(value));
    }
}
