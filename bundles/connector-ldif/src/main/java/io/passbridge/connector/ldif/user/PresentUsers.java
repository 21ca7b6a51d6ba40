/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.user;

import io.passbridge.connector.ldif.record.DistinguishedName;
import io.passbridge.connector.ldif.record.Entry;
import io.passbridge.connector.ldif.record.FileRecord;
import io.passbridge.connector.ldif.record.FileRecord.Modification;
import io.passbridge.connector.ldif.record.FileState;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.times.DirectoryTime;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The present state of some users: one pass over the file that applies everything it says about
 * them, in order. Holds those users and nothing else in memory. Closing it wipes them.
 */
public final class PresentUsers implements AutoCloseable {
    private final EntryMapping mapping;
    private final FileState state;
    private final Set<SourceAnchor> anchors;
    private final Set<String> dns;

    private final Map<SourceAnchor, Present> users = new HashMap<>();
    private final Map<String, Present> byDn = new HashMap<>();
    private final Map<String, SourceAnchor> changed = new HashMap<>();
    private final Set<String> formerNames = new HashSet<>();
    private final Set<String> notUsers = new HashSet<>();

    /** One user as the file leaves it. */
    public static final class Present {
        private final SourceAnchor anchor;
        private Entry entry;
        private long version;
        private long line;
        private boolean deleted;

        private Present(SourceAnchor anchor) {
            this.anchor = anchor;
        }

        public SourceAnchor anchor() {
            return anchor;
        }

        public Entry entry() {
            return entry;
        }

        /** FILETIME; grows with every change, whether or not the file gives a time for it. */
        long version() {
            return version;
        }

        /** Where the last record about this user begins. */
        public long line() {
            return line;
        }

        public boolean deleted() {
            return deleted;
        }

        private void changedAt(OptionalLong time, long atLine) {
            version = Math.max(time.orElse(0), version + EntryTimes.SECOND);
            line = atLine;
        }
    }

    private PresentUsers(
            EntryMapping mapping,
            FileState state,
            Collection<SourceAnchor> anchors,
            Collection<String> dns) {
        this.mapping = mapping;
        this.state = state;
        this.anchors = Set.copyOf(anchors);
        this.dns = Set.copyOf(dns);
    }

    /**
     * Reads the file up to its present end.
     *
     * @param pass over the file, repeated if it turns out that users had other names before
     * @param anchors users to look for
     * @param dns normalized names under which change records speak of further users
     */
    public static PresentUsers of(
            FilePass pass,
            EntryMapping mapping,
            FileState state,
            Collection<SourceAnchor> anchors,
            Collection<String> dns)
            throws IOException {
        Set<String> names = new HashSet<>(dns);
        while (true) {
            PresentUsers users = new PresentUsers(mapping, state, anchors, names);
            try {
                pass.over(users.dns, users::take);
            } catch (IOException | RuntimeException trouble) {
                users.close();
                throw trouble;
            }
            // someone who was renamed before is described under the former name only
            if (!names.addAll(users.formerNames)) {
                return users;
            }
            users.close();
        }
    }

    private void take(FileRecord record, long line) {
        if (record instanceof FileRecord.Content content) {
            describe(content.entry(), line);
        } else if (record instanceof FileRecord.Modify modify) {
            modify(modify, line);
        } else if (record instanceof FileRecord.Delete delete) {
            present(delete.dn()).ifPresent(user -> delete(user, line));
        } else if (record instanceof FileRecord.Rename rename) {
            rename(rename, line);
        }
    }

    private void describe(Entry entry, long line) {
        String dn = DistinguishedName.normalized(entry.dn());
        Optional<SourceAnchor> anchor = mapping.anchor(entry);
        boolean wanted = dns.contains(dn) || anchor.isPresent() && anchors.contains(anchor.get());
        if (!wanted || anchor.isEmpty() || mapping.loginName(entry).isEmpty()) {
            if (wanted) {
                notUsers.add(dn);
            }
            entry.close();
            return;
        }
        Present user = users.computeIfAbsent(anchor.get(), Present::new);
        OptionalLong time = EntryTimes.version(entry);
        if (user.entry == null) {
            user.version = time.orElseGet(() -> untimed(state, line));
            user.line = line;
        } else {
            byDn.remove(DistinguishedName.normalized(user.entry.dn()), user);
            user.entry.close();
            user.changedAt(time, line);
        }
        user.entry = entry;
        user.deleted = false;
        byDn.put(dn, user);
    }

    /** The version of an entry that says nothing about time, at the place where it stands. */
    public static long untimed(FileState state, long line) {
        return DirectoryTime.of(state.modified()) + line;
    }

    private Optional<Present> present(String dn) {
        String normalized = DistinguishedName.normalized(dn);
        Optional<Present> user = Optional.ofNullable(byDn.get(normalized));
        user.ifPresent(found -> changed.put(normalized, found.anchor));
        return user;
    }

    private void modify(FileRecord.Modify modify, long line) {
        Optional<Present> user = present(modify.dn());
        if (user.isEmpty()) {
            modify.close();
            return;
        }
        for (Modification modification : modify.modifications()) {
            modification.applyTo(user.get().entry);
        }
        user.get().changedAt(EntryTimes.version(user.get().entry), line);
    }

    private void delete(Present user, long line) {
        byDn.remove(DistinguishedName.normalized(user.entry.dn()));
        user.deleted = true;
        user.changedAt(OptionalLong.empty(), line);
    }

    private void rename(FileRecord.Rename rename, long line) {
        String from = DistinguishedName.normalized(rename.dn());
        String to = DistinguishedName.normalized(rename.newDn());
        present(from).ifPresent(user -> mapping.renamed(user.entry, rename));
        for (String dn : Set.copyOf(byDn.keySet())) {
            if (DistinguishedName.isWithin(dn, from)) {
                Present user = byDn.remove(dn);
                String renamed = DistinguishedName.rebased(dn, from, to);
                user.entry.rename(renamed);
                user.changedAt(OptionalLong.empty(), line);
                byDn.put(renamed, user);
            }
        }
        for (String dn : dns) {
            if (DistinguishedName.isWithin(dn, to) && !byDn.containsKey(dn)) {
                formerNames.add(DistinguishedName.rebased(dn, to, from));
            }
        }
    }

    /** A user who was looked for by anchor, or who was found by name. */
    public Optional<Present> user(SourceAnchor anchor) {
        return Optional.ofNullable(users.get(anchor));
    }

    /** The user of whom change records spoke under a name at that time. */
    public Optional<Present> changedAs(String normalizedDn) {
        return Optional.ofNullable(changed.get(normalizedDn)).map(users::get);
    }

    /** Whether the name belongs to something that is no user. */
    public boolean isNoUser(String normalizedDn) {
        return notUsers.contains(normalizedDn);
    }

    @Override
    public void close() {
        users.values().forEach(user -> user.entry.close());
    }
}
