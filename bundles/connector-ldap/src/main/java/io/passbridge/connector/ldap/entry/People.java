/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.entry;

import com.unboundid.ldap.sdk.Entry;
import io.passbridge.connector.UnreadUser;
import io.passbridge.connector.ldap.memory.LaggingAnswerException;
import io.passbridge.connector.ldap.memory.PasswordVersions;
import io.passbridge.connector.ldap.settings.Mapping;
import io.passbridge.credential.Account;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.CredentialChange;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.credential.UserPassword;
import io.passbridge.times.DirectoryTime;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Turns entries into users: who they are, and what is to be synchronised of them. */
public final class People {
    private static final String[] NONE = {};

    private final Mapping mapping;
    private final Anchors anchors;
    private final PasswordChoice choice;
    private final PasswordVersions versions;
    private final PasswordAges ages;
    private final Clock clock;

    public People(
            Mapping mapping,
            Anchors anchors,
            PasswordVersions versions,
            PasswordAges ages,
            Clock clock) {
        this.mapping = mapping;
        this.anchors = anchors;
        this.choice = new PasswordChoice(mapping.schemes());
        this.versions = versions;
        this.ages = ages;
        this.clock = clock;
    }

    public Anchors anchors() {
        return anchors;
    }

    /** How old passwords may be. */
    public PasswordAges ages() {
        return ages;
    }

    /** The attributes that are asked for. */
    public String[] attributes() {
        return Stream.of(
                        List.of(anchors.attribute(), PasswordChoice.ATTRIBUTE),
                        accountAttributes(),
                        AccountStates.ATTRIBUTES,
                        EntryTimes.ATTRIBUTES)
                .flatMap(List::stream)
                .distinct()
                .toArray(String[]::new);
    }

    /** The attributes that name a user. */
    public List<String> accountAttributes() {
        List<String> names = new ArrayList<>();
        names.addAll(
                List.of(
                        mapping.login(),
                        mapping.mail(),
                        mapping.givenName(),
                        mapping.familyName()));
        names.addAll(mapping.aliases());
        names.addAll(mapping.displayNames());
        names.addAll(mapping.more().attributes());
        return names;
    }

    /** Whether the entry is somebody who can sign in: it has a login name or a password. */
    public boolean isUser(Entry entry) {
        return entry.hasAttribute(mapping.login()) || entry.hasAttribute(PasswordChoice.ATTRIBUTE);
    }

    public Optional<String> loginName(Entry entry) {
        return Optional.ofNullable(entry.getAttributeValue(mapping.login()))
                .filter(name -> !name.isBlank());
    }

    /**
     * The user as the entry says.
     *
     * @param entry gives its password away, see {@link PasswordChoice#of}
     * @return closed by the caller
     * @throws UnusablePasswordException if the password cannot be used
     * @throws LaggingAnswerException if a newer one was told of before
     */
    public CredentialChange change(UUID id, Entry entry)
            throws UnusablePasswordException, LaggingAnswerException {
        return change(id, entry, choice.of(entry));
    }

    /** The same for a user whose password cannot be used: as if there were none. */
    public CredentialChange withoutPassword(UUID id, Entry entry) throws LaggingAnswerException {
        return change(id, entry, Optional.empty());
    }

    private CredentialChange change(UUID id, Entry entry, Optional<UserPassword> password)
            throws LaggingAnswerException {
        SourceAnchor anchor = anchors.anchor(id);
        OptionalLong set = EntryTimes.password(entry);
        long changed = EntryTimes.changed(entry);
        long now = DirectoryTime.of(clock.instant());
        long version = version(id, password, set.orElse(changed), now);
        return new CredentialChange(
                anchor,
                new ChangeVersion(0, version),
                DirectoryTime.toInstant(set.orElse(version)),
                AccountStates.of(entry, ages, now),
                password.map(value -> value),
                account(anchor, entry));
    }

    private long version(UUID id, Optional<UserPassword> password, long time, long now)
            throws LaggingAnswerException {
        try {
            return versions.version(id, password, time, now);
        } catch (LaggingAnswerException e) {
            password.ifPresent(UserPassword::close);
            throw e;
        }
    }

    /** A user whose change cannot be read yet. */
    public UnreadUser unread(UUID id, LaggingAnswerException why) {
        return new UnreadUser(
                anchors.anchor(id),
                new ChangeVersion(0, versions.known(id).orElse(0)),
                why.getMessage());
    }

    /** The change that tells of a user who is not there any more. */
    public CredentialChange gone(UUID id, Flag how) {
        // whoever is not remembered is gone as of now: version 0 would say that nothing is known
        long now = DirectoryTime.of(clock.instant());
        return gone(anchors.anchor(id), versions.known(id).orElse(now), how);
    }

    /** The same for an anchor that no user of this directory can have. */
    public CredentialChange never(SourceAnchor anchor) {
        return gone(anchor, 0, Flag.DELETED);
    }

    private CredentialChange gone(SourceAnchor anchor, long version, Flag how) {
        return new CredentialChange(
                anchor,
                new ChangeVersion(0, version),
                clock.instant(),
                AccountState.of(how),
                Optional.empty(),
                Optional.empty());
    }

    /** The user object; empty if it has no login name. */
    public Optional<Account> account(SourceAnchor anchor, Entry entry) {
        return loginName(entry)
                .map(
                        login ->
                                new Account(
                                        anchor,
                                        login,
                                        aliases(entry, login),
                                        displayName(entry),
                                        text(entry, mapping.givenName()),
                                        text(entry, mapping.familyName()),
                                        text(entry, mapping.mail()),
                                        mapping.more().read(name -> values(entry, name))));
    }

    private String displayName(Entry entry) {
        for (String attribute : mapping.displayNames()) {
            String name = entry.getAttributeValue(attribute);
            if (name != null) {
                return name;
            }
        }
        return "";
    }

    private List<String> aliases(Entry entry, String login) {
        Set<String> aliases = new LinkedHashSet<>();
        for (String attribute : mapping.aliases()) {
            String[] values = entry.getAttributeValues(attribute);
            for (String alias : values == null ? NONE : values) {
                if (!alias.isBlank() && !alias.equalsIgnoreCase(login)) {
                    aliases.add(alias);
                }
            }
        }
        return List.copyOf(aliases);
    }

    private static List<byte[]> values(Entry entry, String attribute) {
        byte[][] values = entry.getAttributeValueByteArrays(attribute);
        return values == null ? List.of() : List.of(values);
    }

    private static String text(Entry entry, String attribute) {
        return Objects.requireNonNullElse(entry.getAttributeValue(attribute), "");
    }
}
