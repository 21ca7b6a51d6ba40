/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.cycle;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.PasswordSource;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.CredentialChange;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.store.StoreException;
import io.passbridge.store.SyncState.Retry;
import io.passbridge.sync.page.Owed;
import io.passbridge.sync.page.PageOrigin;
import io.passbridge.sync.page.PagePreparation;
import io.passbridge.sync.page.PageWriter;
import io.passbridge.sync.page.PreparedPage;
import io.passbridge.sync.page.RunTally;
import io.passbridge.sync.route.CycleFailure;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the users whose retries are due afresh and writes them, before a cycle reads on. */
public final class RetryRound {
    /** What says nothing about the users that were asked for. */
    public static final Set<Kind> SOURCE_AWAY =
            EnumSet.of(
                    Kind.UNREACHABLE,
                    Kind.OUTCOME_UNKNOWN,
                    Kind.AUTHENTICATION,
                    Kind.PERMISSION,
                    Kind.RATE_LIMITED,
                    Kind.CONFIGURATION,
                    Kind.WATERMARK_EXPIRED);

    private final RouteParts parts;
    private final PagePreparation preparation;
    private final PageWriter writer;
    private final RunTally tally;

    RetryRound(RouteParts parts, PagePreparation preparation, PageWriter writer, RunTally tally) {
        this.parts = parts;
        this.preparation = preparation;
        this.writer = writer;
        this.tally = tally;
    }

    void run() throws CycleFailure, InterruptedException {
        int limit =
                parts.digests()
                        .pageSize(
                                parts.settings().policy().digest(),
                                parts.settings().limits().pageSize());
        Set<SourceAnchor> done = new HashSet<>();
        while (!parts.stopping().getAsBoolean()) {
            Map<SourceAnchor, Retry> due = new LinkedHashMap<>();
            due(limit).forEach(retry -> due.put(retry.anchor(), retry));
            if (!done.addAll(due.keySet())) {
                return;
            }
            write(due);
        }
    }

    /** One user who cannot be read does not keep the others of the page waiting. */
    private void write(Map<SourceAnchor, Retry> due) throws CycleFailure, InterruptedException {
        try {
            tally.add(writer.write(page(due)));
        } catch (UnreadablePageException e) {
            if (due.size() == 1) {
                tally.add(writer.write(unreadable(due, e.getMessage())));
                return;
            }
            for (Map.Entry<SourceAnchor, Retry> one : due.entrySet()) {
                if (parts.stopping().getAsBoolean()) {
                    return;
                }
                write(Map.of(one.getKey(), one.getValue()));
            }
        }
    }

    private List<Retry> due(int limit) throws CycleFailure {
        try {
            return parts.platform()
                    .state()
                    .dueRetries(parts.settings().name(), parts.platform().clock().instant(), limit);
        } catch (StoreException e) {
            throw CycleFailure.store(e);
        }
    }

    private PreparedPage page(Map<SourceAnchor, Retry> due)
            throws CycleFailure, InterruptedException, UnreadablePageException {
        List<CredentialChange> changes;
        try {
            changes =
                    parts.platform()
                            .connectors()
                            .call(
                                    parts.settings().source(),
                                    PasswordSource.class,
                                    source -> source.read(List.copyOf(due.keySet())));
        } catch (ConnectorException e) {
            if (SOURCE_AWAY.contains(e.kind())) {
                throw CycleFailure.source(parts.settings().source(), e);
            }
            throw new UnreadablePageException("the source cannot read the user: " + e.getMessage());
        }
        try {
            List<CredentialChange> asked =
                    changes.stream().filter(change -> due.containsKey(change.anchor())).toList();
            PreparedPage page = preparation.ofRetries(asked, due);
            Set<SourceAnchor> missing = new HashSet<>(due.keySet());
            changes.forEach(change -> missing.remove(change.anchor()));
            if (missing.isEmpty()) {
                return page;
            }
            List<Owed> owed = new ArrayList<>(page.owed());
            missing.forEach(a -> owed.add(owed(due.get(a), "the source gave no answer")));
            return page.owing(owed);
        } finally {
            changes.forEach(CredentialChange::close);
        }
    }

    private static PreparedPage unreadable(Map<SourceAnchor, Retry> due, String reason) {
        List<Owed> owed = due.values().stream().map(retry -> owed(retry, reason)).toList();
        return PreparedPage.owing(new PageOrigin.Retries(due), owed);
    }

    /** The source refuses these users, or one of them, and not as a whole. */
    private static final class UnreadablePageException extends Exception {
        private static final long serialVersionUID = 1L;

        UnreadablePageException(String reason) {
            super(reason);
        }
    }

    private static Owed owed(Retry retry, String reason) {
        return new Owed(retry.anchor(), retry.version(), AccountState.UNREAD, reason);
    }
}
