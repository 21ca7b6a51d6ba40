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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives users of the target their anchors. With {@code users = create} it makes those that are
 * missing, too, and keeps their names; with {@code match-only} names are nobody's business here.
 */
public final class LdapAccountTarget implements AccountTarget {
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
                    Users users = new Users(directory, settings, StateForm.NONE);
                    Map<SourceAnchor, List<Entry>> known =
                            users.byAnchors(batch.stream().map(Account::anchor).toList());
                    List<ItemOutcome> outcomes = new ArrayList<>(batch.size());
                    boolean wrote = false;
                    for (Account account : batch) {
                        List<Entry> own = known.getOrDefault(account.anchor(), List.of());
                        ItemOutcome outcome;
                        try {
                            outcome =
                                    own.isEmpty()
                                            ? unknown(directory, users, account)
                                            : known(directory, own.get(0), account);
                        } catch (LDAPException e) {
                            outcome = Refusals.of(account.anchor(), e, wrote);
                        }
                        wrote |= outcome.outcome() == Outcome.APPLIED;
                        outcomes.add(outcome);
                    }
                    return outcomes;
                });
    }

    private ItemOutcome known(LDAPInterface directory, Entry entry, Account account)
            throws LDAPException {
        if (!settings.create()) {
            return ItemOutcome.already(account.anchor());
        }
        String dn = rename(directory, entry, account);
        boolean renamed = !account.loginName().equals(login(entry));
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
                    matches.size() + " entries fit user '" + account.loginName() + "'");
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

    private String login(Entry entry) {
        return entry.getAttributeValue(settings.loginAttribute());
    }

    /** Gives the entry its login name; the entry's own name from then on. */
    private String rename(LDAPInterface directory, Entry entry, Account account)
            throws LDAPException {
        if (account.loginName().equals(login(entry))) {
            return entry.getDN();
        }
        if (entry.getRDN().hasAttribute(settings.loginAttribute())) {
            RDN name = new RDN(settings.loginAttribute(), account.loginName());
            directory.modifyDN(entry.getDN(), name.toString(), true);
            return new DN(name, entry.getParsedDN().getParent()).toString();
        }
        directory.modify(
                entry.getDN(),
                new Modification(
                        ModificationType.REPLACE, settings.loginAttribute(), account.loginName()));
        return entry.getDN();
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
        if (changes.isEmpty()) {
            return false;
        }
        directory.modify(dn, changes);
        return true;
    }
}
