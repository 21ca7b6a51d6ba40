/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif;

import io.passbridge.connector.ConnectorException;
import io.passbridge.credential.CredentialChange;
import io.passbridge.credential.SourceAnchor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final Set<SourceAnchor> again = new LinkedHashSet<>();

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
                again.add(anchor.get());
            } else if (later.speakOf(anchor.get(), entry.dn())
                    || !tellLeavers && !mapping.isInScope(entry)) {
                seen.note(anchor.get());
            } else {
                long version =
                        EntryTimes.version(entry).orElseGet(() -> EntryFold.untimed(state, line));
                put(entry, mapping.change(anchor.get(), login.get(), entry, version));
            }
        } catch (UnusableCredentialException unusable) {
            anchor.ifPresent(seen::note);
            bad.report(line, login.orElse(""), anchor, unusable.getMessage());
        }
    }

    private void put(Entry entry, CredentialChange told) {
        Optional<CredentialChange> news = seen.news(entry, told);
        if (news.isEmpty()) {
            return;
        }
        CredentialChange change = news.get();
        CredentialChange earlier = changes.remove(change.anchor());
        if (earlier != null) {
            earlier.close();
        }
        changes.put(change.anchor(), change);
    }

    /** A source of folds, asked only if there is something to fold. */
    @FunctionalInterface
    interface Folding {
        EntryFold fold(Set<SourceAnchor> anchors, Set<String> names)
                throws IOException, ConnectorException;
    }

    /** Finds out what has to be looked up, and gives the page's changes, owned by the caller. */
    List<CredentialChange> finish(Folding folding) throws IOException, ConnectorException {
        if (!again.isEmpty() || !changedNames.isEmpty()) {
            try (EntryFold fold = folding.fold(again, changedNames.keySet())) {
                again.forEach(anchor -> fold.user(anchor).ifPresent(this::putPresent));
                changedNames.forEach((dn, line) -> putChanged(fold, dn, line));
            }
        }
        List<CredentialChange> page = new ArrayList<>(changes.values());
        changes.clear();
        return page;
    }

    private void putChanged(EntryFold fold, String dn, long line) {
        Optional<EntryFold.Present> user = fold.changedAs(dn);
        if (user.isPresent()) {
            putPresent(user.get());
        } else if (!fold.isNoUser(dn)) {
            bad.report(
                    line,
                    dn,
                    Optional.empty(),
                    "the change is about an entry that this file does not describe before; append"
                            + " the whole entry instead");
        }
    }

    private void putPresent(EntryFold.Present user) {
        try {
            put(user.entry(), mapping.present(user));
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
