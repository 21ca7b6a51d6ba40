/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.administration;

import io.passbridge.connector.ChangePage;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.PasswordSource;
import io.passbridge.connector.PasswordTarget;
import io.passbridge.connector.SealedRecipient;
import io.passbridge.connector.Watermark;
import io.passbridge.credential.LegacyRefusedException;
import io.passbridge.credential.Recipient;
import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.files.WholeFile;
import io.passbridge.hash.SealedParcel;
import io.passbridge.hash.SealingScheme;
import io.passbridge.health.FileTrouble;
import io.passbridge.store.SyncState.Reading;
import io.passbridge.sync.Progress;
import io.passbridge.sync.SealedExport;
import io.passbridge.sync.SyncException;
import io.passbridge.sync.digest.DigestPool;
import io.passbridge.sync.gate.DeletionGuard;
import io.passbridge.sync.page.EngineServices;
import io.passbridge.sync.page.PagePreparation;
import io.passbridge.sync.page.VersionOrder;
import io.passbridge.sync.route.CycleFailure;
import io.passbridge.sync.route.JournalWriter;
import io.passbridge.sync.route.RouteSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Writes everybody of a route into a file for a recipient that the platform cannot reach: the
 * source is read as in a full run and led through the same gates, and what would be written to the
 * target goes into the file.
 */
final class SealedExporter {
    private final EngineServices platform;

    SealedExporter(EngineServices platform) {
        this.platform = platform;
    }

    SealedExport export(
            RouteSettings route,
            DigestPool digests,
            Path file,
            String actor,
            Consumer<Progress> progress)
            throws SyncException, InterruptedException {
        SealingScheme scheme = scheme(route);
        if (Files.exists(file)) {
            throw new SyncException(file + " exists already, and an export replaces no file");
        }
        JournalWriter journal = new JournalWriter(platform.journal(), route.name());
        journal.act(EventType.SEALED_EXPORT_BEGUN, actor, Map.of(Fact.FILE, "" + file));
        SealedExport[] done = new SealedExport[1];
        try (Recipient recipient = recipient(route)) {
            SealedParcel parcel = scheme.parcel(recipient);
            WholeFile.write(
                    file, out -> done[0] = write(route, digests, parcel, file, out, progress));
        } catch (Broken e) {
            journal.note(EventType.SEALED_EXPORT_FAILED, failure(file, e.getCause().getMessage()));
            if (e.getCause() instanceof InterruptedException stopped) {
                throw stopped;
            }
            throw new SyncException(
                    "nothing was written: " + e.getCause().getMessage(), e.getCause());
        } catch (IOException | LegacyRefusedException | IllegalArgumentException e) {
            journal.note(EventType.SEALED_EXPORT_FAILED, failure(file, words(e)));
            throw new SyncException("%s was not written: %s".formatted(file, words(e)), e);
        } catch (SyncException e) {
            journal.note(EventType.SEALED_EXPORT_FAILED, failure(file, e.getMessage()));
            throw e;
        }
        journal.note(
                EventType.SEALED_EXPORTED,
                Map.of(
                        Fact.FILE, "" + file,
                        Fact.COUNT, "" + done[0].people(),
                        Fact.REFUSED, "" + done[0].leftOut()));
        return done[0];
    }

    private static Map<Fact, String> failure(Path file, String reason) {
        return Map.of(Fact.FILE, "" + file, Fact.REASON, "" + reason);
    }

    private static String words(Exception e) {
        return e instanceof FileSystemException file ? FileTrouble.reason(file) : e.getMessage();
    }

    /** Refuses what a run would refuse, and routes that have nothing to seal. */
    private SealingScheme scheme(RouteSettings route) throws SyncException {
        if (!route.faults().isEmpty()) {
            throw new SyncException(
                    "%s: %s".formatted(route.file(), String.join("; ", route.faults())));
        }
        String digest = route.policy().digest();
        if (!(platform.schemes().find(digest).orElse(null) instanceof SealingScheme sealing)) {
            throw new SyncException(
                    "route %s sends digests of %s, which are not sealed for anybody; 'digest = %s' is what is exported so"
                            .formatted(route.name(), digest, SealingScheme.NAME));
        }
        if (!route.policy().allowSourceCredentials()) {
            throw new SyncException(
                    "the file would hold source credentials: whoever opens them can sign in at %s. If that is meant, set 'allowSourceCredentials = true' in %s"
                            .formatted(route.source(), route.file()));
        }
        return sealing;
    }

    private Recipient recipient(RouteSettings route) throws SyncException, InterruptedException {
        try {
            if (!platform.connectors().has(route.target(), SealedRecipient.class)) {
                throw new SyncException(
                        "target %s has no recipient to seal for; connector:list says how it stands"
                                .formatted(route.target()));
            }
            return platform.connectors()
                    .ask(route.target(), SealedRecipient.class, SealedRecipient::recipient);
        } catch (ConnectorException e) {
            throw new SyncException("target %s: %s".formatted(route.target(), e.getMessage()), e);
        }
    }

    /** What went wrong while the file was being written, other than the writing. */
    private static final class Broken extends IOException {
        private static final long serialVersionUID = 1L;

        Broken(Exception cause) {
            super(cause);
        }
    }

    private SealedExport write(
            RouteSettings route,
            DigestPool digests,
            SealedParcel parcel,
            Path file,
            OutputStream out,
            Consumer<Progress> progress)
            throws IOException {
        UUID export = UUID.randomUUID();
        Instant begun = platform.clock().instant();
        SealedLines lines = new SealedLines(parcel, out);
        lines.head(export, route, begun);
        try {
            read(route, preparation(route, digests, begun), lines, progress);
        } catch (CycleFailure | ConnectorException | InterruptedException e) {
            throw new Broken(e);
        }
        lines.end();
        return lines.report(route.name(), file, export);
    }

    private PagePreparation preparation(RouteSettings route, DigestPool digests, Instant begun)
            throws IOException {
        try {
            return new PagePreparation(
                    route,
                    platform,
                    digests,
                    platform.connectors()
                            .ask(
                                    route.target(),
                                    PasswordTarget.class,
                                    target -> Set.copyOf(target.schemes())),
                    // nothing is deleted by a file
                    new DeletionGuard(
                            route.limits().deletions(), OptionalLong.of(Long.MAX_VALUE), () -> 0),
                    platform.connectors()
                            .ask(route.source(), PasswordSource.class, VersionOrder::of),
                    Reading.FULL,
                    begun);
        } catch (ConnectorException | InterruptedException e) {
            throw new Broken(e);
        }
    }

    private void read(
            RouteSettings route,
            PagePreparation preparation,
            SealedLines lines,
            Consumer<Progress> progress)
            throws CycleFailure, ConnectorException, InterruptedException, IOException {
        Watermark after = Watermark.BEGINNING;
        long session = platform.connectors().session(route.source());
        long start = System.nanoTime();
        long read = 0;
        boolean more = true;
        while (more) {
            Watermark from = after;
            try (ChangePage page =
                    platform.connectors()
                            .call(
                                    route.source(),
                                    PasswordSource.class,
                                    source -> source.changes(from, route.limits().pageSize()))) {
                requireSame(route, session, page, from);
                lines.add(preparation.ofChanges(page, Optional.empty()));
                read += page.changes().size();
                more = page.more();
                after = page.next();
                double seconds = Math.max(1, System.nanoTime() - start) / 1e9;
                progress.accept(
                        new Progress(read, Math.max(read, page.expected()), read / seconds));
            }
        }
    }

    private void requireSame(RouteSettings route, long session, ChangePage page, Watermark from)
            throws ConnectorException {
        boolean opened = platform.connectors().session(route.source()) != session;
        if (opened || page.more() && page.next().equals(from)) {
            throw new ConnectorException(
                    ConnectorException.Kind.UNREACHABLE,
                    "source %s %s while it was read; try again"
                            .formatted(
                                    route.source(),
                                    opened ? "was opened anew" : "did not move on"));
        }
    }
}
