/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.following;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ldif.record.BadRecords;
import io.passbridge.connector.ldif.record.DistinguishedName;
import io.passbridge.connector.ldif.record.Entry;
import io.passbridge.connector.ldif.record.FileRecord;
import io.passbridge.connector.ldif.record.FileState;
import io.passbridge.connector.ldif.user.EntryMapping;
import io.passbridge.connector.ldif.user.EntryTimes;
import io.passbridge.connector.ldif.user.PresentUsers;
import io.passbridge.connector.ldif.user.UnusableCredentialException;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.CredentialChange;
import io.passbridge.credential.SourceAnchor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Collects the changes of one page, at most one for a user. New users come straight from their
 * record; of those whom the file has spoken of before, and of change records, the whole file says
 * what they are now.
 */
final class PageBuilder implements AutoCloseable {
    private final EntryMapping mapping;
    private final FileState state;
    private final SeenRecords seen;
    private final LaterRecords later;
    private final BadRecords bad;
    private final boolean tellLeavers;

    private final Map<SourceAnchor, CredentialChange> changes = new LinkedHashMap<>();

    /** Who is described again, with the last name. */
    private final Map<SourceAnchor, String> again = new LinkedHashMap<>();

    /**
     * Of whom the whole file has been asked, by anchor or by name, and has given the credential.
     */
    private final Set<SourceAnchor> presented = new HashSet<>();

    /** Normalized names that change records speak of, with the line of the first one. */
    private final Map<String, Long> changedNames = new LinkedHashMap<>();

    /**
     * @param tellLeavers whether users outside the scope are told of: they may have been inside
     */
    PageBuilder(
            EntryMapping mapping,
            FileState state,
            SeenRecords seen,
            LaterRecords later,
            boolean tellLeavers,
            BadRecords bad) {
        this.mapping = mapping;
        this.state = state;
        this.seen = seen;
        this.later = later;
        this.tellLeavers = tellLeavers;
        this.bad = bad;
    }

    /** The most changes that may come of what has been added. */
    int size() {
        return changes.size() + again.size() + changedNames.size();
    }

    void add(FileRecord record, long line) {
        if (record instanceof FileRecord.Content content) {
            add(content.entry(), line);
        } else {
            record.changedName().ifPresent(dn -> addName(dn, line));
            record.close();
        }
    }

    private void addName(String dn, long line) {
        changedNames.putIfAbsent(DistinguishedName.normalized(dn), line);
    }

    private void add(Entry entry, long line) {
        Optional<String> login = Optional.empty();
        Optional<SourceAnchor> anchor = Optional.empty();
        try (entry) {
            login = mapping.loginName(entry);
            if (login.isEmpty()) {
                return;
            }
            anchor = mapping.anchor(entry);
            if (anchor.isEmpty()) {
                bad.report(
                        line,
                        login.get(),
                        Optional.empty(),
                        "the user has none of the anchor attributes "
                                + mapping.anchorAttributes()
                                + "; export operational attributes too ('+' in ldapsearch), or set"
                                + " 'anchorAttributes'");
            } else if (seen.contains(anchor.get())) {
                again.put(anchor.get(), entry.dn());
            } else if (later.speakOf(anchor.get(), entry.dn())
                    || !tellLeavers && !mapping.isInScope(entry)) {
                seen.note(anchor.get());
            } else {
                long version =
                        EntryTimes.version(entry)
                                .orElseGet(() -> PresentUsers.untimed(state, line));
                AccountState state = mapping.state(entry);
                SourceAnchor user = anchor.get();
                String name = login.get();
                put(user, entry, state, () -> mapping.change(user, name, entry, state, version));
            }
        } catch (UnusableCredentialException unusable) {
            anchor.ifPresent(seen::note);
            bad.report(line, login.orElse(""), anchor, unusable.getMessage());
        }
    }

    /** Makes a change of what an entry says, which takes the credential out of it. */
    @FunctionalInterface
    private interface Making {
        CredentialChange change() throws UnusableCredentialException;
    }

    /** Adds what is new of a user; of whom nothing is new, not even the credential is touched. */
    private void put(SourceAnchor anchor, Entry entry, AccountState now, Making making)
            throws UnusableCredentialException {
        OptionalLong print = seen.news(anchor, entry, now);
        if (print.isEmpty()) {
            return;
        }
        CredentialChange change =
                RecordPrint.stamped(making.change(), entry, print.getAsLong(), state);
        seen.give(anchor, print.getAsLong());
        CredentialChange earlier = changes.remove(anchor);
        if (earlier != null) {
            earlier.close();
        }
        changes.put(anchor, change);
    }

    /** A source of folds, asked only if there is something to users. */
    @FunctionalInterface
    interface LookUp {
        PresentUsers present(Map<SourceAnchor, String> again, Set<String> names)
                throws IOException, ConnectorException;
    }

    /** Finds out what has to be looked up, and gives the page's changes, owned by the caller. */
    List<CredentialChange> finish(LookUp lookUp) throws IOException, ConnectorException {
        if (!again.isEmpty() || !changedNames.isEmpty()) {
            try (PresentUsers users = lookUp.present(again, changedNames.keySet())) {
                again.keySet().forEach(anchor -> users.user(anchor).ifPresent(this::putPresent));
                changedNames.forEach((dn, line) -> putChanged(users, dn, line));
            }
        }
        List<CredentialChange> page = new ArrayList<>(changes.values());
        changes.clear();
        return page;
    }

    private void putChanged(PresentUsers users, String dn, long line) {
        Optional<PresentUsers.Present> user = users.changedAs(dn);
        if (user.isPresent()) {
            putPresent(user.get());
        } else if (!users.isNoUser(dn)) {
            bad.report(
                    line,
                    dn,
                    Optional.empty(),
                    "the change is about an entry that this file does not describe before; append"
                            + " the whole entry instead");
        }
    }

    private void putPresent(PresentUsers.Present user) {
        if (!presented.add(user.anchor())) {
            return;
        }
        try {
            AccountState state = mapping.state(user);
            put(user.anchor(), user.entry(), state, () -> mapping.present(user, state));
        } catch (UnusableCredentialException unusable) {
            seen.note(user.anchor());
            bad.report(
                    user.line(),
                    mapping.loginName(user.entry()).orElse(""),
                    Optional.of(user.anchor()),
                    unusable.getMessage());
        }
    }

    @Override
    public void close() {
        changes.values().forEach(CredentialChange::close);
        changes.clear();
    }
}
