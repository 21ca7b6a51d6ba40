/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.syslog;

import io.passbridge.credential.LegacyPolicy;
import io.passbridge.event.EventType;
import io.passbridge.event.EventType.Severity;
import io.passbridge.event.Fact;
import io.passbridge.event.Journal;
import io.passbridge.event.JournalException;
import io.passbridge.event.JournalHold;
import io.passbridge.event.JournalMark;
import io.passbridge.health.Finding;
import io.passbridge.health.Inspector;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
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
 * Forwards the journal on a thread of its own as long as {@code etc/io.passbridge.syslog.cfg} is
 * there. A receiver that is away holds nothing up: the journal waits for it.
 */
@Component(
        configurationPid = SyslogForwarder.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        service = {Inspector.class, JournalHold.class},
        immediate = true)
@Designate(ocd = SyslogConfiguration.class)
public final class SyslogForwarder implements Inspector, JournalHold {
    static final String PID = "io.passbridge.syslog";

    private static final Logger LOG = LoggerFactory.getLogger(SyslogForwarder.class);
    private static final String SUBJECT = "syslog";
    private static final Duration CERTAINTY = Duration.ofSeconds(30);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);
    private static final long LONGEST_WAIT_MILLIS = 60_000;

    private final Journal journal;
    private final BooleanSupplier fips;
    private final Receiver receiver;
    private final SyslogFormat format;
    private final Severity least;
    private final JournalMark mark;
    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread thread;

    private volatile boolean connected;
    private volatile Optional<Trouble> trouble = Optional.empty();

    private record Trouble(Instant since, String reason) {}

    @Activate
    public SyslogForwarder(
            BundleContext context,
            @Reference Journal journal,
            @Reference LegacyPolicy policy,
            SyslogConfiguration configuration) {
        this(
                journal,
                policy::fipsEnforced,
                new Receiver(
                        configuration.host(),
                        configuration.port(),
                        configuration.tls(),
                        configuration.caFile().isBlank()
                                ? Optional.empty()
                                : Optional.of(Path.of(configuration.caFile()))),
                new SyslogFormat(
                        configuration.facility(), hostName(), ProcessHandle.current().pid()),
                Severity.named(configuration.severity(), PID),
                file(context));
    }

    SyslogForwarder(
            Journal journal,
            BooleanSupplier fips,
            Receiver receiver,
            SyslogFormat format,
            Severity least,
            Path file) {
        this.journal = journal;
        this.fips = fips;
        this.receiver = receiver;
        this.format = format;
        this.least = least;
        this.mark = new JournalMark(file);
        this.thread = new Thread(this::run, "passbridge-syslog");
        thread.setDaemon(true);
        thread.start();
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "-";
        }
    }

    private static Path file(BundleContext context) {
        String data = context.getProperty("passbridge.data");
        return Path.of(data == null ? "data" : data, "syslog-sent");
    }

    private void run() {
        long wait = 500;
        try {
            do {
                if (send()) {
                    wait = 500;
                }
                wait = Math.min(LONGEST_WAIT_MILLIS, 2 * wait);
            } while (!end.await(wait, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            // the platform stops and has no more patience
        }
    }

    /** Sends until the connection breaks or the end is there; whether it was connected. */
    private boolean send() throws InterruptedException {
        try (SyslogConnection connection = receiver.open(fips.getAsBoolean())) {
            connected = true;
            if (trouble.isPresent()) {
                trouble = Optional.empty();
                LOG.info("The journal is forwarded to {} again", receiver);
                journal.record(EventType.SYSLOG_RESUMED, SUBJECT);
            }
            new Sending(journal, mark, format, least, CERTAINTY).run(connection, end);
        } catch (IOException | JournalException | RuntimeException e) {
            tell(e.getMessage() == null ? e.toString() : e.getMessage());
        }
        boolean was = connected;
        connected = false;
        return was;
    }

    private void tell(String reason) {
        boolean first = trouble.isEmpty();
        trouble =
                Optional.of(new Trouble(trouble.map(Trouble::since).orElse(Instant.now()), reason));
        if (!first || end.getCount() == 0) {
            return;
        }
        LOG.warn("The journal is not forwarded to {}: {}", receiver, reason);
        try {
            journal.record(
                    EventType.SYSLOG_UNREACHABLE,
                    SUBJECT,
                    Map.of(Fact.REASON, receiver + ": " + reason));
        } catch (JournalException e) {
            LOG.debug("Nor can that be journalled", e);
        }
    }

    @Override
    public String name() {
        return SUBJECT;
    }

    /** The last record that the receiver certainly has is kept, too: it tells where to go on. */
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
        return List.of(
                trouble.map(
                                now ->
                                        Finding.error(
                                                SUBJECT,
                                                receiver
                                                        + " has not had the journal since "
                                                        + now.since()
                                                                .truncatedTo(ChronoUnit.SECONDS)
                                                        + ": "
                                                        + now.reason(),
                                                "Nothing is lost: what the receiver lacks is sent"
                                                    + " when it can be. See host, port and caFile"
                                                    + " in etc/io.passbridge.syslog.cfg"))
                        .orElseGet(
                                () ->
                                        connected
                                                ? Finding.ok(SUBJECT, receiver + " has the journal")
                                                : Finding.warning(
                                                        SUBJECT,
                                                        "connecting to " + receiver,
                                                        "Wait a little, then doctor again")));
    }

    /** Sends what is there and takes its leave, so that nothing has to be sent twice. */
    @Deactivate
    public void close() throws InterruptedException {
        end.countDown();
        thread.join(STOP_PATIENCE.toMillis());
        if (thread.isAlive()) {
            LOG.warn("{} does not answer; what it lacks is sent after the next start", receiver);
            thread.interrupt();
        }
    }
}
