/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc.journal;

import io.passbridge.event.Journal.Pruned;
import io.passbridge.event.JournalHold;
import io.passbridge.health.Finding;
import io.passbridge.health.Inspector;
import io.passbridge.store.RunHistory;
import io.passbridge.store.StoreException;
import io.passbridge.store.jdbc.database.Database;
import io.passbridge.store.jdbc.journal.Pruning.Kept;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what is older than the configuration keeps, every hour. Records that somebody holds stay.
 */
@Component(
        name = "io.passbridge.store.jdbc.Retention",
        service = Inspector.class,
        immediate = true,
        configurationPid = RetentionSettings.PID)
@Designate(ocd = RetentionSettings.class)
public final class Retention implements Inspector {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final String SUBJECT = "journal's beginning";
    private static final int LEAST_RECORDS = 1_000;

    /** Each pruning leaves a record: once a day is enough. */
    private static final Duration BETWEEN = Duration.ofHours(23);

    /** Later than everybody who holds records is there after a start. */
    private static final Duration FIRST = Duration.ofMinutes(2);

    private final Database database;
    private final JdbcJournal journal;
    private final RunHistory history;
    private final RetentionSettings settings;
    private final List<JournalHold> holds = new CopyOnWriteArrayList<>();
    private final ScheduledThreadPoolExecutor clock;

    @Activate
    public Retention(
            @Reference Database database,
            @Reference RunHistory history,
            RetentionSettings settings) {
        this(database, history, settings, FIRST);
    }

    Retention(Database database, RunHistory history, RetentionSettings settings, Duration first) {
        this.database = database;
        this.journal = new JdbcJournal(database);
        this.history = history;
        this.settings = settings;
        this.clock =
                new ScheduledThreadPoolExecutor(
                        1, task -> new Thread(task, "passbridge-retention"));
        clock.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        clock.scheduleWithFixedDelay(
                this::round,
                first.toMillis(),
                Duration.ofHours(1).toMillis(),
                TimeUnit.MILLISECONDS);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            unbind = "removeHold")
    void addHold(JournalHold hold) {
        holds.add(hold);
    }

    void removeHold(JournalHold hold) {
        holds.remove(hold);
    }

    void round() {
        try {
            Instant now = database.read(database.engine()::now);
            history.purge(now.minus(Duration.ofDays(Math.max(1, settings.runDays()))));
            boolean due =
                    database.read(JournalStart::read)
                            .pruned()
                            .filter(last -> last.at().plus(BETWEEN).isAfter(now))
                            .isEmpty();
            if (due && (settings.journalDays() > 0 || settings.journalRecords() > 0)) {
                prune(now);
            }
        } catch (StoreException | RuntimeException e) {
            LOG.warn("Nothing was removed that is due: {}", e.getMessage());
            LOG.debug("The reason", e);
        }
    }

    private void prune(Instant now) throws StoreException {
        Kept kept =
                new Kept(
                        settings.journalDays() > 0
                                ? now.minus(Duration.ofDays(settings.journalDays()))
                                : Instant.EPOCH,
                        settings.journalRecords() > 0
                                ? Math.max(LEAST_RECORDS, settings.journalRecords())
                                : Long.MAX_VALUE,
                        holder().map(JournalHold::oldest).orElse(Long.MAX_VALUE));
        long removed;
        do {
            removed = new Pruning(journal, database).run(kept);
            if (removed > 0) {
                LOG.info("{} records of the journal were removed", removed);
            }
        } while (removed > 0 && settings.journalRecords() == 0);
    }

    /** Who needs the oldest records. */
    private Optional<JournalHold> holder() {
        return holds.stream().min(Comparator.comparingLong(JournalHold::oldest));
    }

    @Override
    public String subject() {
        return SUBJECT;
    }

    @Override
    public List<Finding> inspect() {
        try {
            Optional<Pruned> pruned = database.read(JournalStart::read).pruned();
            boolean prunes = settings.journalDays() > 0 || settings.journalRecords() > 0;
            if (pruned.isEmpty()) {
                return List.of(Finding.ok(SUBJECT, "it begins with its first record"));
            }
            String text =
                    "the journal's %s until %s went at %s"
                            .formatted(
                                    Finding.count(pruned.get().records(), "record", "records"),
                                    pruned.get().newest().truncatedTo(ChronoUnit.SECONDS),
                                    pruned.get().at().truncatedTo(ChronoUnit.SECONDS));
            return List.of(
                    prunes
                            ? Finding.ok(SUBJECT, text)
                            : Finding.warning(
                                    SUBJECT,
                                    text + ", and this server keeps everything",
                                    "If no server has journalDays or journalRecords in"
                                            + " etc/io.passbridge.retention.cfg, somebody else"
                                            + " removed them; look into it"));
        } catch (StoreException e) {
            return List.of();
        }
    }

    @Deactivate
    public void close() {
        clock.shutdownNow();
    }
}
