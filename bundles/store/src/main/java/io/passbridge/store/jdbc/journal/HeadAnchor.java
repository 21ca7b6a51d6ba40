/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc.journal;

import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.event.Journal;
import io.passbridge.event.JournalAnchor;
import io.passbridge.event.JournalException;
import io.passbridge.health.Finding;
import io.passbridge.health.Inspector;
import io.passbridge.store.StoreException;
import io.passbridge.store.jdbc.database.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes the journal's end in a file of this server, a minute after something was written, and at
 * the end. What was noted is never replaced by something that does not follow it, unless somebody
 * accepts it.
 */
@Component(
        name = "io.passbridge.store.jdbc.HeadAnchor",
        service = {JournalAnchor.class, Inspector.class},
        immediate = true)
public final class HeadAnchor implements JournalAnchor, Inspector {
    private static final Logger LOG = LoggerFactory.getLogger(HeadAnchor.class);
    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final String SUBJECT = "journal";

    private final Database database;
    private final Journal journal;
    private final Path file;
    private final ScheduledThreadPoolExecutor clock;

    /** What does not fit is told once: to journal it moves the end, which is part of the text. */
    private boolean told;

    private JournalHead seen;

    @Activate
    public HeadAnchor(
            BundleContext context, @Reference Database database, @Reference Journal journal) {
        this(database, journal, file(context), INTERVAL);
    }

    HeadAnchor(Database database, Journal journal, Path file, Duration interval) {
        this.database = database;
        this.journal = journal;
        this.file = file;
        this.clock =
                new ScheduledThreadPoolExecutor(
                        1, task -> new Thread(task, "passbridge-journal-anchor"));
        clock.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        long millis = interval.toMillis();
        clock.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
    }

    private static Path file(BundleContext context) {
        String data = context.getProperty("passbridge.data");
        return Path.of(data == null ? "data" : data, "journal-end");
    }

    @Override
    public synchronized Optional<String> check() throws JournalException {
        try {
            Optional<NotedHead> noted = noted();
            return noted.isEmpty() ? Optional.empty() : misfit(noted.get(), head());
        } catch (StoreException e) {
            throw new JournalException("the journal cannot be read: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new JournalException("the journal's end cannot be compared: " + message(e), e);
        }
    }

    private JournalHead head() throws StoreException {
        return database.read(JournalHead::read);
    }

    private static String message(IOException e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    /** What was noted of this journal; of another one it says nothing. */
    private Optional<NotedHead> noted() throws IOException {
        return NotedHead.read(file).filter(noted -> noted.store().equals(database.name()));
    }

    private void note(JournalHead head) throws IOException {
        if (head.latest() > 0) {
            new NotedHead(database.name(), head, Instant.now()).write(file);
        }
    }

    private Optional<String> misfit(NotedHead noted, JournalHead head) throws StoreException {
        return database.<Optional<String>>read(connection -> head.missing(connection, noted.head()))
                .map(
                        how ->
                                "record %,d, which this server noted at %s, %s"
                                        .formatted(
                                                noted.head().latest(),
                                                noted.at().truncatedTo(ChronoUnit.SECONDS),
                                                how));
    }

    @Override
    public synchronized void accept(String actor) throws JournalException {
        journal.record(EventType.JOURNAL_END_ACCEPTED, SUBJECT, Map.of(Fact.ACTOR, actor));
        try {
            note(head());
            told = false;
            seen = null;
        } catch (StoreException | IOException e) {
            throw new JournalException("the journal's end is not noted: " + e.getMessage(), e);
        }
    }

    /**
     * Notes what was the end at the last look: an end that was read in this moment may be visible
     * and not yet on disk, and a loss of power would take it back.
     */
    private synchronized void look() {
        JournalHead due = seen;
        if (fits()) {
            try {
                seen = head();
                if (due != null && noted().filter(noted -> noted.head().sameAs(due)).isEmpty()) {
                    note(due);
                }
            } catch (StoreException | IOException e) {
                LOG.warn("The journal's end is not noted: {}", e.getMessage());
            }
        }
    }

    private boolean fits() {
        try {
            Optional<String> misfit = check();
            if (misfit.isPresent() && !told) {
                LOG.error("The event journal was changed outside the platform: {}", misfit.get());
                journal.record(
                        EventType.JOURNAL_BROKEN, SUBJECT, Map.of(Fact.REASON, misfit.get()));
                told = true;
            }
            return misfit.isEmpty();
        } catch (JournalException | RuntimeException e) {
            LOG.warn("{}", e.getMessage());
            LOG.debug("The journal's end is not noted", e);
            return false;
        }
    }

    @Override
    public String subject() {
        return SUBJECT;
    }

    @Override
    public List<Finding> inspect() {
        try {
            return List.of(
                    check().map(
                                    misfit ->
                                            Finding.error(
                                                    SUBJECT,
                                                    misfit,
                                                    "If a backup of the store was put back, or"
                                                            + " a standby promoted that lacked the"
                                                            + " last writes (synchronous"
                                                            + " replication avoids that, see"
                                                            + " docs/runbooks/"
                                                            + "postgresql-fail-over.md),"
                                                            + " 'events:verify --accept' takes the"
                                                            + " present end for the right one;"
                                                            + " else somebody cut it off or wrote"
                                                            + " it anew: look into it"))
                            .orElse(Finding.ok(SUBJECT, "its end is as this server noted it")));
        } catch (JournalException e) {
            return List.of(
                    Finding.warning(
                            SUBJECT,
                            e.getMessage(),
                            "See that " + file + " can be written, and that the store is open"));
        }
    }

    @Deactivate
    public void close() {
        clock.shutdown();
        look();
        // what was the end just now is its last state: the database is closed in good order next
        look();
    }
}
