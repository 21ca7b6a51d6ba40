/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.eventlog;

import io.passbridge.event.EventType.Severity;
import io.passbridge.event.Journal;
import io.passbridge.event.JournalException;
import io.passbridge.event.JournalHold;
import io.passbridge.event.JournalMark;
import io.passbridge.event.JournalRecord;
import io.passbridge.health.Finding;
import io.passbridge.health.Inspector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.osgi.annotation.bundle.Requirement;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forwards the journal to the Windows event log on a thread of its own, as long as {@code
 * etc/io.passbridge.eventlog.cfg} is there. What the log does not take waits in the journal. The
 * bundle resolves on Windows only.
 */
@Component(
        configurationPid = EventLogForwarder.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        service = {Inspector.class, JournalHold.class},
        immediate = true)
@Designate(ocd = EventLogConfiguration.class)
@Requirement(namespace = "osgi.native", filter = "(osgi.native.osname~=win32)")
public final class EventLogForwarder implements Inspector, JournalHold {
    static final String PID = "io.passbridge.eventlog";

    private static final Logger LOG = LoggerFactory.getLogger(EventLogForwarder.class);
    private static final String SUBJECT = "event log";
    private static final int PAGE = 200;
    private static final long POLL_MILLIS = 500;
    private static final long LONGEST_WAIT_MILLIS = 60_000;
    private static final long STOP_MILLIS = 10_000;

    /** The most that ReportEvent takes of a string. */
    private static final int LONGEST = 31_839;

    private static final String LINE = "\r\n";

    private final Journal journal;
    private final EventSource.Opener opener;
    private final Severity least;
    private final JournalMark mark;
    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread thread;
    private volatile String trouble = "";

    @Activate
    public EventLogForwarder(
            BundleContext context,
            @Reference Journal journal,
            EventLogConfiguration configuration) {
        this(
                journal,
                () -> WindowsEventSource.open(configuration.source()),
                Severity.named(configuration.severity(), PID),
                file(context));
    }

    EventLogForwarder(Journal journal, EventSource.Opener opener, Severity least, Path file) {
        this.journal = journal;
        this.opener = opener;
        this.least = least;
        this.mark = new JournalMark(file);
        this.thread = new Thread(this::run, "passbridge-eventlog");
        thread.setDaemon(true);
        thread.start();
    }

    private static Path file(BundleContext context) {
        String data = context.getProperty("passbridge.data");
        return Path.of(data == null ? "data" : data, "eventlog-sent");
    }

    private void run() {
        long wait = POLL_MILLIS;
        try {
            do {
                wait = forward() ? POLL_MILLIS : Math.min(LONGEST_WAIT_MILLIS, 2 * wait);
            } while (!end.await(wait, TimeUnit.MILLISECONDS));
            forward();
        } catch (InterruptedException e) {
            // the platform stops and has no more patience
        }
    }

    /** Reports what the journal has and the log has not; whether the log took all of it. */
    private boolean forward() {
        try {
            long sent = mark.read(journal);
            List<JournalRecord> page = journal.after(sent, PAGE);
            if (!page.isEmpty()) {
                try (EventSource source = opener.open()) {
                    while (!page.isEmpty()) {
                        report(source, page);
                        page = journal.after(page.get(page.size() - 1).sequence(), PAGE);
                    }
                }
            }
            trouble = "";
            return true;
        } catch (IOException | JournalException | RuntimeException | LinkageError e) {
            String reason = e.getMessage() == null ? e.toString() : e.getMessage();
            if (!reason.equals(trouble)) {
                LOG.warn("The journal is not forwarded to the event log: {}", reason);
            }
            trouble = reason;
            return false;
        }
    }

    private void report(EventSource source, List<JournalRecord> page) throws IOException {
        JournalRecord last = null;
        try {
            for (JournalRecord record : page) {
                if (record.severity().compareTo(least) >= 0) {
                    source.report(type(record.severity()), record.number(), text(record));
                }
                last = record;
            }
        } finally {
            if (last != null) {
                mark.write(last);
            }
        }
    }

    private static int type(Severity severity) {
        return switch (severity) {
            case ERROR -> 1;
            case WARNING -> 2;
            case INFORMATION -> 4;
        };
    }

    /** The event's sentence, what it happened to, and its facts, a line each. */
    private static String text(JournalRecord record) {
        Map<String, String> lines = new LinkedHashMap<>(record.attributes());
        lines.put("actor", record.actor());
        lines.put("sequence", "" + record.sequence());
        lines.put("hash", record.hash());
        String text =
                record.subject()
                        + ": "
                        + record.text()
                        + LINE
                        + lines.entrySet().stream()
                                .map(line -> LINE + line.getKey() + ": " + line.getValue())
                                .collect(Collectors.joining());
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    @Override
    public String name() {
        return SUBJECT;
    }

    /** The last record that is in the log is kept, too: it tells where to go on. */
    @Override
    public long oldest() {
        return mark.number();
    }

    @Override
    public String subject() {
        return SUBJECT;
    }

    @Override
    public List<Finding> inspect() {
        String now = trouble;
        return List.of(
                now.isEmpty()
                        ? Finding.ok(SUBJECT, "has the journal")
                        : Finding.error(
                                SUBJECT,
                                "has not had the journal: " + now,
                                "Nothing is lost: what it lacks is reported when it can be. See"
                                        + " docs/windows-event-log.md"));
    }

    /** Reports what is there and takes its leave. */
    @Deactivate
    public void close() throws InterruptedException {
        end.countDown();
        thread.join(STOP_MILLIS);
        if (thread.isAlive()) {
            LOG.warn("The event log does not answer; what it lacks is reported after a start");
            thread.interrupt();
        }
    }
}
