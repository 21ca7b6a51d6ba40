/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.cycle;

import io.passbridge.connector.ChangePage;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.Watermark;
import io.passbridge.credential.CredentialChange;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.store.SyncState.Reading;
import io.passbridge.store.SyncState.RoutePosition;
import io.passbridge.sync.page.PagePreparation;
import io.passbridge.sync.page.PageReader;
import io.passbridge.sync.page.PageWriter;
import io.passbridge.sync.page.PreparedPage;
import io.passbridge.sync.page.RunTally;
import io.passbridge.sync.route.CycleFailure;
import io.passbridge.sync.route.RouteSettings;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One pass of a route. While a page is being digested, the next one is read and the one before is
 * written; no more than three pages are in memory. Pages are written in the order of reading, each
 * commits its outcomes, its retries and its position in one transaction, and whatever goes wrong
 * leaves the position where the last committed page ended.
 */
final class Cycle {
    private final RouteParts parts;
    private final RouteSettings settings;
    private final PagePreparation preparation;
    private final PageWriter writer;
    private final RetryRound retries;
    private final RunTally tally;
    private final RoutePosition start;

    Cycle(
            RouteParts parts,
            PagePreparation preparation,
            PageWriter writer,
            RunTally tally,
            RoutePosition start) {
        this.parts = parts;
        this.settings = parts.settings();
        this.preparation = preparation;
        this.writer = writer;
        this.tally = tally;
        this.start = start;
        this.retries = new RetryRound(parts, preparation, writer, tally);
    }

    void run() throws CycleFailure, InterruptedException {
        retries.run();
        try (PageReader reader =
                        new PageReader(
                                parts.platform().connectors(), settings.source(), parts.threads());
                WriteBehind behind = new WriteBehind(parts.threads())) {
            try {
                pages(reader, behind);
            } catch (InterruptedException e) {
                behind.cut();
                throw e;
            }
        }
    }

    private void pages(PageReader reader, WriteBehind behind)
            throws CycleFailure, InterruptedException {
        Watermark after = start.watermark();
        boolean afterStored = true;
        boolean more = true;
        long session = parts.platform().connectors().session(settings.source());
        Set<SourceAnchor> writing = Set.of();
        reader.start(after, limit());
        while (more) {
            PreparedPage prepared;
            try (ChangePage page = take(reader, afterStored)) {
                check(page, after);
                sameSession(session, afterStored);
                more = page.more();
                after = page.next();
                afterStored = page.durable();
                if (more) {
                    reader.start(after, limit());
                }
                if (start.fullRun()) {
                    tally.expect(page.expected());
                }
                // what is being written of a user must be known before the next change is judged
                if (page.changes().stream()
                        .map(CredentialChange::anchor)
                        .anyMatch(writing::contains)) {
                    behind.await();
                }
                prepared = preparation.ofChanges(page, position(page));
                writing =
                        page.changes().stream()
                                .map(CredentialChange::anchor)
                                .collect(Collectors.toSet());
            }
            behind.await();
            if (parts.stopping().getAsBoolean()) {
                throw new CycleFailure(CycleFailure.Kind.STOPPED, "stopped");
            }
            behind.start(() -> tally.add(writer.write(prepared)));
        }
        behind.await();
    }

    private int limit() {
        return parts.digests().pageSize(settings.policy().digest(), settings.limits().pageSize());
    }

    private static ChangePage take(PageReader reader, boolean afterStored)
            throws CycleFailure, InterruptedException {
        try {
            return reader.take();
        } catch (CycleFailure e) {
            if (e.kind() == CycleFailure.Kind.EXPIRED && !afterStored) {
                throw new CycleFailure(
                        CycleFailure.Kind.SOURCE,
                        ConnectorException.Kind.WATERMARK_EXPIRED,
                        "the source broke the run off and begins it anew: " + e.getMessage());
            }
            throw e;
        }
    }

    /** A position that is not durable means nothing to a connector that was opened anew. */
    private void sameSession(long session, boolean afterStored) throws CycleFailure {
        if (!afterStored && parts.platform().connectors().session(settings.source()) != session) {
            throw new CycleFailure(
                    CycleFailure.Kind.SOURCE,
                    ConnectorException.Kind.UNREACHABLE,
                    "source %s was opened anew in the middle of the run, which begins anew"
                            .formatted(settings.source()));
        }
    }

    /** A page that says 'more' but does not move would be read for ever. */
    private void check(ChangePage page, Watermark after) throws CycleFailure {
        if (page.more() && page.next().equals(after)) {
            throw new CycleFailure(
                    CycleFailure.Kind.SOURCE,
                    ConnectorException.Kind.PLUGIN_FAULT,
                    "source %s says that there is more but does not move on from %s"
                            .formatted(settings.source(), after));
        }
    }

    private Optional<RoutePosition> position(ChangePage page) {
        boolean moved = !page.next().equals(start.watermark()) || start.fullRun();
        if (!page.durable() || !moved) {
            return Optional.empty();
        }
        return Optional.of(
                new RoutePosition(
                        page.next(),
                        page.more() ? start.reading() : Reading.CHANGES,
                        parts.platform().clock().instant(),
                        start.gates()));
    }
}
