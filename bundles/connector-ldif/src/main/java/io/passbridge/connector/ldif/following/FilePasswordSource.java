/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.following;

import io.passbridge.connector.ChangePage;
import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.PasswordSource;
import io.passbridge.connector.Watermark;
import io.passbridge.connector.ldif.record.FileRecord;
import io.passbridge.connector.ldif.record.FileState;
import io.passbridge.connector.ldif.record.RecordStream;
import io.passbridge.connector.ldif.user.EntryMapping;
import io.passbridge.connector.ldif.user.PresentUsers;
import io.passbridge.connector.ldif.user.UnusableCredentialException;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.CredentialChange;
import io.passbridge.credential.SourceAnchor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the file in pages, and goes on behind what has been read when it grows. */
public final class FilePasswordSource implements PasswordSource {
    /** Records in a page of which hardly any is news. */
    private static final int MOST_READ = 20_000;

    private final FileAccess access;
    private final ConnectorContext context;
    private final UnusableRecords bad;
    private ReadingSession.Means means;
    private final Readings readings = new Readings();

    public FilePasswordSource(FileAccess access, ConnectorContext context, UnusableRecords bad) {
        this.access = access;
        this.context = context;
        this.bad = bad;
    }

    /** A file is what it is: what is read last counts. */
    @Override
    public boolean mayLag() {
        return false;
    }

    @Override
    public ChangePage changes(Watermark after, int limit) throws ConnectorException {
        if (limit < 1 || limit > 10_000) {
            throw new IllegalArgumentException("limit is " + limit + "; 1 to 10000 are allowed");
        }
        FilePosition position = after.isBeginning() ? null : FilePosition.of(after);
        return access.exclusively(() -> page(position, after, limit));
    }

    private ChangePage page(FilePosition position, Watermark after, int limit)
            throws IOException, ConnectorException {
        boolean dealtWith =
                position != null
                        && position.offset() == position.state().size()
                        && position.settings().equals(access.reading());
        SettleGate.Look look = dealtWith ? access.gate().look() : access.settled();
        if (dealtWith && (!look.settled() || position.state().equals(look.state()))) {
            return new ChangePage(List.of(), after, false, true, -1);
        }
        bad.begin();
        ReadingSession session = readings.at(means(), position, look.state());
        if (session.records().offset() == 0) {
            access.forgetPlaces();
        }
        try {
            ChangePage page = read(session, look, position == null, limit);
            if (session.isEnded()) {
                access.gate().heldBack(session.records().offset() < look.state().size());
                session.close();
            }
            return page;
        } catch (IOException | ConnectorException | RuntimeException trouble) {
            readings.remove(session);
            throw trouble;
        }
    }

    private ReadingSession.Means means() throws IOException {
        if (means == null) {
            Fingerprint fingerprint = Fingerprint.in(context.dataFolder());
            means =
                    new ReadingSession.Means(
                            access,
                            fingerprint,
                            new PrefixProof(access, fingerprint),
                            new RecordMemory(context.dataFolder(), context.clock()),
                            bad);
        }
        return means;
    }

    private ChangePage read(ReadingSession session, SettleGate.Look look, boolean first, int limit)
            throws IOException, ConnectorException {
        RecordStream records = session.records();
        boolean startsOver = records.offset() == 0;
        try (PageBuilder page =
                new PageBuilder(
                        access.mapping(),
                        look.state(),
                        session.seen(),
                        session.later(),
                        !first,
                        bad)) {
            boolean more = true;
            for (int read = 0; more && page.size() < limit && read < MOST_READ; read++) {
                FileRecord record = records.next(look.abandoned());
                if (record == null) {
                    more = false;
                } else {
                    page.add(record, records.recordLine());
                }
            }
            List<CredentialChange> changes =
                    page.finish((again, names) -> access.presentAgain(look, again, names));
            try {
                access.requireUnchanged(look.state());
            } catch (ConnectorException changed) {
                changes.forEach(CredentialChange::close);
                throw changed;
            }
            Watermark next = session.advance(more).toWatermark();
            return new ChangePage(
                    changes,
                    bad.take(startsOver),
                    next,
                    more || !session.isProven(),
                    true,
                    session.expectedUsers());
        }
    }

    @Override
    public List<CredentialChange> read(Collection<SourceAnchor> anchors) throws ConnectorException {
        return access.exclusively(
                () -> {
                    SettleGate.Look look = access.settled();
                    List<CredentialChange> changes = new ArrayList<>(anchors.size());
                    RecordPrint prints = means().prints();
                    try (PresentUsers users = access.present(look, anchors)) {
                        for (SourceAnchor anchor : Set.copyOf(anchors)) {
                            changes.add(present(anchor, users.user(anchor), look.state(), prints));
                        }
                    }
                    try {
                        access.requireUnchanged(look.state());
                    } catch (ConnectorException changed) {
                        changes.forEach(CredentialChange::close);
                        throw changed;
                    }
                    return changes;
                });
    }

    private CredentialChange present(
            SourceAnchor anchor,
            Optional<PresentUsers.Present> user,
            FileState state,
            RecordPrint prints) {
        if (user.isEmpty()) {
            return EntryMapping.absent(anchor, state);
        }
        try {
            AccountState now = access.mapping().state(user.get());
            long print = prints.of(user.get().entry(), now);
            return RecordPrint.stamped(
                    access.mapping().present(user.get(), now), user.get().entry(), print, state);
        } catch (UnusableCredentialException unusable) {
            bad.report(
                    user.get().line(),
                    access.mapping().loginName(user.get().entry()).orElse(""),
                    Optional.of(anchor),
                    unusable.getMessage());
            return access.mapping().withoutCredential(user.get());
        }
    }
}
