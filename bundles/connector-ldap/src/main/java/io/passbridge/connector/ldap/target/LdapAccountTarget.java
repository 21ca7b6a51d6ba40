/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.target;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPInterface;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.RDN;
import io.passbridge.connector.AccountTarget;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ItemOutcome;
import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.ldap.session.Session;
import io.passbridge.connector.ldap.settings.TargetSettings;
import io.passbridge.connector.ldap.settings.TargetSettings.Match;
import io.passbridge.credential.Account;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.health.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Gives users of the target their anchors. With {@code users = create} it makes those that are
 * missing, too, and keeps their names; with {@code match-only} names are nobody's business here.
 */
public final class LdapAccountTarget implements AccountTarget {
    private static final Set<String> OWN =
            Set.of("objectClass", "userPassword", "cn", "sn", "givenName", "displayName");

    private final TargetSettings settings;
    private final Session session;

    public LdapAccountTarget(TargetSettings settings, Session session) {
        this.settings = settings;
        this.session = session;
    }

    @Override
    public List<ItemOutcome> provision(List<Account> batch) throws ConnectorException {
        return session.ask(
                directory -> {
                    Set<String> free =
                            batch.stream()
                                    .flatMap(account -> account.attributes().keySet().stream())
                                    .collect(Collectors.toSet());
                    Users users = new Users(directory, settings, StateForm.NONE, free);
                    Map<SourceAnchor, List<Entry>> known =
                            users.byAnchors(batch.stream().map(Account::anchor).toList());
                    return new Provision(directory, users, known).of(batch);
                });
    }

    /** One batch under way. */
    private final class Provision {
        private final LDAPInterface directory;
        private final Users users;
        private final Map<SourceAnchor, List<Entry>> known;
        private boolean wrote;

        Provision(LDAPInterface directory, Users users, Map<SourceAnchor, List<Entry>> known) {
            this.directory = directory;
            this.users = users;
            this.known = known;
        }

        List<ItemOutcome> of(List<Account> batch) throws ConnectorException {
            List<ItemOutcome> outcomes = new ArrayList<>(batch.size());
            for (Account account : batch) {
                outcomes.add(one(account));
            }
            // a name is free once its former owner, who may come later, has got another one
            if (wrote) {
                again(batch, outcomes);
            }
            if (settings.create() && stepAside(batch, outcomes)) {
                again(batch, outcomes);
            }
            return outcomes;
        }

        /** As long as it helps somebody, whoever is in conflict is tried again. */
        private void again(List<Account> batch, List<ItemOutcome> outcomes)
                throws ConnectorException {
            boolean helps = true;
            while (helps) {
                helps = false;
                for (int i = 0; i < batch.size(); i++) {
                    if (outcomes.get(i).outcome() == Outcome.CONFLICT) {
                        outcomes.set(i, one(batch.get(i)));
                        helps |= outcomes.get(i).outcome() == Outcome.APPLIED;
                    }
                }
            }
        }

        /** Whether somebody who exchanges a name with another of the batch has stepped aside. */
        private boolean stepAside(List<Account> batch, List<ItemOutcome> outcomes)
                throws ConnectorException {
            List<Account> conflicts =
                    IntStream.range(0, batch.size())
                            .filter(i -> outcomes.get(i).outcome() == Outcome.CONFLICT)
                            .mapToObj(batch::get)
                            .filter(account -> known.containsKey(account.anchor()))
                            .toList();
            try {
                Set<SourceAnchor> aside =
                        new NameExchange(directory, users, settings).of(conflicts, known);
                known.putAll(users.byAnchors(aside));
                wrote |= !aside.isEmpty();
                return !aside.isEmpty();
            } catch (LDAPException e) {
                // it throws if nobody can be written to any more; otherwise the conflicts stay
                Refusals.of(conflicts.get(0).anchor(), e, wrote);
                return false;
            }
        }

        private ItemOutcome one(Account account) throws ConnectorException {
            Optional<String> reserved = reserved(account);
            if (reserved.isPresent()) {
                return Refusals.outcome(
                        account.anchor(),
                        Outcome.REJECTED,
                        "the attribute '"
                                + reserved.get()
                                + "' has a meaning of its own here; give it another name in"
                                + " 'attributes' of the source");
            }
            List<Entry> own = known.getOrDefault(account.anchor(), List.of());
            try {
                ItemOutcome outcome =
                        own.isEmpty()
                                ? unknown(directory, users, account)
                                : known(directory, own.get(0), account);
                wrote |= outcome.outcome() == Outcome.APPLIED;
                return outcome;
            } catch (LDAPException e) {
                return Refusals.of(account.anchor(), e, wrote);
            }
        }
    }

    private ItemOutcome known(LDAPInterface directory, Entry entry, Account account)
            throws LDAPException {
        if (!settings.create()) {
            return ItemOutcome.already(account.anchor());
        }
        LoginName name = new LoginName(directory, settings.loginAttribute());
        boolean renamed = !name.of(entry, account.loginName());
        String dn = renamed ? name.give(entry, account.loginName()) : entry.getDN();
        return update(directory, dn, entry, account) || renamed
                ? ItemOutcome.applied(account.anchor())
                : ItemOutcome.already(account.anchor());
    }

    private ItemOutcome unknown(LDAPInterface directory, Users users, Account account)
            throws LDAPException {
        List<Entry> matches = matches(users, account);
        if (matches.size() > 1) {
            return Refusals.outcome(
                    account.anchor(),
                    Outcome.CONFLICT,
                    Finding.count(matches.size(), "entry fits user", "entries fit user")
                            + " '"
                            + account.loginName()
                            + "'");
        }
        if (matches.isEmpty()) {
            return settings.create()
                    ? create(directory, account)
                    : Refusals.outcome(
                            account.anchor(),
                            Outcome.NO_SUCH_USER,
                            "no entry fits, and users = match-only creates none");
        }
        Entry entry = matches.get(0);
        String owner = entry.getAttributeValue(settings.anchorAttribute());
        if (owner != null) {
            return Refusals.outcome(
                    account.anchor(),
                    Outcome.CONFLICT,
                    "'" + entry.getDN() + "' belongs to " + owner + " already");
        }
        List<Modification> changes = new ArrayList<>();
        if (!settings.objectClass().isEmpty() && !entry.hasObjectClass(settings.objectClass())) {
            changes.add(
                    new Modification(ModificationType.ADD, "objectClass", settings.objectClass()));
        }
        changes.add(
                new Modification(
                        ModificationType.ADD,
                        settings.anchorAttribute(),
                        account.anchor().value()));
        directory.modify(entry.getDN(), changes);
        return ItemOutcome.applied(account.anchor());
    }

    private List<Entry> matches(Users users, Account account) throws LDAPException {
        if (settings.match() == Match.LOGIN) {
            return users.having(settings.loginAttribute(), account.loginName());
        }
        return settings.match() == Match.MAIL && !account.mail().isEmpty()
                ? users.having(settings.mailAttribute(), account.mail())
                : List.of();
    }

    private ItemOutcome create(LDAPInterface directory, Account account) throws LDAPException {
        List<Attribute> attributes = new ArrayList<>();
        attributes.add(
                settings.objectClass().isEmpty()
                        ? new Attribute("objectClass", "inetOrgPerson")
                        : new Attribute("objectClass", "inetOrgPerson", settings.objectClass()));
        attributes.add(new Attribute(settings.loginAttribute(), account.loginName()));
        attributes.add(new Attribute(settings.anchorAttribute(), account.anchor().value()));
        wanted(account).forEach((name, value) -> attributes.add(new Attribute(name, value)));
        account.attributes().entrySet().stream()
                .filter(free -> !free.getValue().isEmpty())
                .forEach(free -> attributes.add(new Attribute(free.getKey(), free.getValue())));
        DN dn =
                new DN(
                        new RDN(settings.loginAttribute(), account.loginName()),
                        new DN(settings.scope().bases().get(0)));
        directory.add(dn.toString(), attributes);
        return ItemOutcome.applied(account.anchor());
    }

    /** What the source says of the user's names; {@code cn} and {@code sn} must not be missing. */
    private Map<String, String> wanted(Account account) {
        Map<String, String> names = new LinkedHashMap<>();
        String shown =
                account.displayName().isEmpty() ? account.loginName() : account.displayName();
        names.put("cn", shown);
        names.put("displayName", account.displayName());
        names.put(
                "sn", account.familyName().isEmpty() ? account.loginName() : account.familyName());
        names.put("givenName", account.givenName());
        names.put(settings.mailAttribute(), account.mail());
        names.values().removeIf(String::isEmpty);
        return names;
    }

    /** Directories keep the values of an attribute in no order. */
    private static Set<String> held(Entry entry, String attribute) {
        String[] values = entry.getAttributeValues(attribute);
        return values == null ? Set.of() : Set.of(values);
    }

    /** A free attribute that something else is written to. */
    private Optional<String> reserved(Account account) {
        Set<String> own = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        own.addAll(OWN);
        own.addAll(
                List.of(
                        settings.loginAttribute(),
                        settings.mailAttribute(),
                        settings.anchorAttribute(),
                        settings.versionAttribute()));
        return account.attributes().keySet().stream().filter(own::contains).findFirst();
    }

    private boolean update(LDAPInterface directory, String dn, Entry entry, Account account)
            throws LDAPException {
        List<Modification> changes = new ArrayList<>();
        wanted(account)
                .forEach(
                        (name, value) -> {
                            if (!entry.hasAttributeValue(name, value)) {
                                changes.add(
                                        new Modification(ModificationType.REPLACE, name, value));
                            }
                        });
        account.attributes()
                .forEach(
                        (name, values) -> {
                            if (!held(entry, name).equals(Set.copyOf(values))) {
                                changes.add(
                                        new Modification(
                                                ModificationType.REPLACE,
                                                name,
                                                values.toArray(String[]::new)));
                            }
                        });
        if (changes.isEmpty()) {
            return false;
        }
        directory.modify(dn, changes);
        return true;
    }
}
