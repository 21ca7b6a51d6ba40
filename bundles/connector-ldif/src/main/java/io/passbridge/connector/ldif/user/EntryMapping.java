/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.user;

import io.passbridge.connector.ldif.record.Attribute;
import io.passbridge.connector.ldif.record.AttributeNames;
import io.passbridge.connector.ldif.record.DistinguishedName;
import io.passbridge.connector.ldif.record.Entry;
import io.passbridge.connector.ldif.record.FileRecord;
import io.passbridge.connector.ldif.record.FileState;
import io.passbridge.credential.Account;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.CredentialChange;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.credential.SourceCredential;
import io.passbridge.times.DirectoryTime;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Turns entries into users: which are, who they are, and what is to be synchronised of them. */
public final class EntryMapping {
    /**
     * Entries of these classes are people; an export without {@code objectClass} is taken as it is.
     */
    private static final Set<String> PEOPLE =
            Set.of(
                    "person",
                    "organizationalperson",
                    "inetorgperson",
                    "user",
                    "account",
                    "posixaccount",
                    "shadowaccount",
                    "sambasamaccount",
                    "krbprincipalaux");

    private static final Set<String> NOT_PEOPLE =
            Set.of("computer", "group", "posixgroup", "device", "trusteddomain");

    private final UserAttributes attributes;
    private final AttributeNames names;
    private final Clock clock;

    public EntryMapping(UserAttributes attributes, AttributeNames names, Clock clock) {
        this.attributes = attributes;
        this.names = names;
        this.clock = clock;
    }

    /** The login name of a user, or empty if the entry is no user. */
    public Optional<String> loginName(Entry entry) {
        for (String attribute : attributes.logins()) {
            Optional<String> login = entry.text(names.slot(attribute));
            if (login.isPresent()) {
                return login.filter(name -> !isMachine(name) && isPerson(entry));
            }
        }
        return Optional.empty();
    }

    /** Computers, and the key of the whole Kerberos realm, which must not travel anywhere. */
    private static boolean isMachine(String login) {
        String lower = login.toLowerCase(Locale.ROOT);
        return login.endsWith("$") || lower.equals("krbtgt") || lower.startsWith("krbtgt_");
    }

    private static boolean isPerson(Entry entry) {
        boolean classes = entry.has(Attribute.OBJECT_CLASS);
        boolean person = !classes;
        for (byte[] value : entry.all(Attribute.OBJECT_CLASS)) {
            String name = new String(value, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
            if (NOT_PEOPLE.contains(name)) {
                return false;
            }
            person |= PEOPLE.contains(name);
        }
        // the built-in accounts of a domain, which no other system should know the password of
        boolean builtIn =
                entry.text(Attribute.IS_CRITICAL).filter("TRUE"::equalsIgnoreCase).isPresent();
        return person && !builtIn;
    }

    public Optional<SourceAnchor> anchor(Entry entry) {
        if (entry.has(Attribute.FILE_ANCHOR)) {
            return entry.text(Attribute.FILE_ANCHOR).map(SourceAnchor::new);
        }
        for (String attribute : attributes.anchors()) {
            List<byte[]> values = entry.all(names.slot(attribute));
            if (!values.isEmpty()) {
                return AnchorForm.of(attribute, values.get(0));
            }
        }
        return Optional.empty();
    }

    public String anchorAttributes() {
        return String.join(", ", attributes.anchors());
    }

    public boolean isInScope(Entry entry) {
        return DistinguishedName.isWithin(
                DistinguishedName.normalized(entry.dn()), attributes.base());
    }

    /** How the account stands now; outside the scope, whatever the entry says. */
    public AccountState state(Entry entry) {
        return isInScope(entry)
                ? AccountFlags.of(entry, DirectoryTime.of(clock.instant()))
                : AccountState.of(Flag.OUT_OF_SCOPE);
    }

    /** The same of a user as the whole file says. */
    public AccountState state(PresentUsers.Present user) {
        return user.deleted() ? AccountState.of(Flag.DELETED) : state(user.entry());
    }

    /**
     * The user as it stands.
     *
     * @param entry gives its credential away
     * @param state of it, see {@link #state(Entry)}
     * @param version FILETIME
     * @return closed by the caller
     */
    public CredentialChange change(
            SourceAnchor anchor, String login, Entry entry, AccountState state, long version)
            throws UnusableCredentialException {
        boolean usable = !state.has(Flag.DELETED) && !state.has(Flag.OUT_OF_SCOPE);
        Optional<SourceCredential> credential =
                usable ? CredentialChoice.take(entry) : Optional.empty();
        return new CredentialChange(
                anchor,
                new ChangeVersion(0, version),
                DirectoryTime.toInstant(EntryTimes.password(entry).orElse(version)),
                state,
                credential,
                Optional.of(account(anchor, login, entry)));
    }

    /** The value in an object's own name is a value of the object too. */
    void renamed(Entry entry, FileRecord.Rename rename) {
        String[] before = DistinguishedName.own(rename.dn());
        String[] after = DistinguishedName.own(rename.newRdn());
        int oldSlot = names.slot(before[0]);
        if (!rename.keepOld() && oldSlot != AttributeNames.NONE) {
            entry.remove(oldSlot, before[1].getBytes(StandardCharsets.UTF_8));
        }
        int newSlot = names.slot(after[0]);
        if (newSlot != AttributeNames.NONE) {
            entry.add(newSlot, after[1].getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * The change that brings a user to what the file says in the end.
     *
     * @param user gives its credential away
     * @param state of it, see {@link #state(PresentUsers.Present)}
     */
    public CredentialChange present(PresentUsers.Present user, AccountState state)
            throws UnusableCredentialException {
        if (user.deleted()) {
            return deleted(user.anchor(), user.version());
        }
        String login = loginName(user.entry()).orElse(user.anchor().value());
        return change(user.anchor(), login, user.entry(), state, user.version());
    }

    /** The same for a user whose credential is damaged: as if the source held none. */
    public CredentialChange withoutCredential(PresentUsers.Present user) {
        AccountState state = AccountFlags.of(user.entry(), DirectoryTime.of(clock.instant()));
        return new CredentialChange(
                user.anchor(),
                new ChangeVersion(0, user.version()),
                DirectoryTime.toInstant(user.version()),
                state,
                Optional.empty(),
                Optional.empty());
    }

    private static CredentialChange deleted(SourceAnchor anchor, long version) {
        return new CredentialChange(
                anchor,
                new ChangeVersion(0, version),
                DirectoryTime.toInstant(version),
                AccountState.of(Flag.DELETED),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * The answer for a user of whom the file says nothing. A file need not hold everybody, so the
     * answer is as old as can be: it ends a retry, and changes nothing at a target that has heard
     * of the user before.
     */
    public static CredentialChange absent(SourceAnchor anchor, FileState file) {
        return new CredentialChange(
                anchor,
                new ChangeVersion(0, 0),
                file.modified(),
                AccountState.of(Flag.OUT_OF_SCOPE),
                Optional.empty(),
                Optional.empty());
    }

    public Account account(SourceAnchor anchor, String login, Entry entry) {
        List<String> aliases = new ArrayList<>(2);
        entry.text(Attribute.USER_PRINCIPAL_NAME).ifPresent(aliases::add);
        String mail = field(entry, "mail", Attribute.MAIL).orElse("");
        if (!mail.isEmpty() && !aliases.contains(mail)) {
            aliases.add(mail);
        }
        String display =
                field(entry, "displayName", Attribute.DISPLAY_NAME)
                        .or(() -> entry.text(Attribute.CN))
                        .orElse("");
        return new Account(
                anchor,
                login,
                aliases,
                display,
                field(entry, "givenName", Attribute.GIVEN_NAME).orElse(""),
                field(entry, "familyName", Attribute.SN).orElse(""),
                mail,
                attributes.mapping().read(name -> entry.all(names.slot(name))));
    }

    private Optional<String> field(Entry entry, String field, Attribute usual) {
        return entry.text(
                attributes.mapping().field(field).map(names::slot).orElse(usual.ordinal()));
    }
}
