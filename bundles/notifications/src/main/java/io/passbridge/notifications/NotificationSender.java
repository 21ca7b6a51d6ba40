/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.notifications;

import io.passbridge.credential.LegacyPolicy;
import io.passbridge.health.Finding;
import io.passbridge.health.Finding.Severity;
import io.passbridge.health.Inspector;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at what {@code doctor} looks at, on a thread of its own, and tells what needs a human, as
 * long as {@code etc/io.passbridge.notifications.cfg} is there.
 */
@Component(
        configurationPid = NotificationSender.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        service = {Inspector.class, NotificationSender.class},
        immediate = true)
@Designate(ocd = NotificationConfiguration.class)
public final class NotificationSender implements Inspector {
    static final String PID = "io.passbridge.notifications";

    private static final Logger LOG = LoggerFactory.getLogger(NotificationSender.class);
    private static final String SUBJECT = "notifications";
    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final Duration STOP = Duration.ofSeconds(20);

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            target = "(!(component.name=io.passbridge.notifications.NotificationSender))")
    private final List<Inspector> inspectors = new CopyOnWriteArrayList<>();

    private final List<Subscription> subscriptions;
    private final Severity least;
    private final Duration look;
    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "passbridge-notifications");

    @Activate
    public NotificationSender(
            BundleContext context,
            @Reference LegacyPolicy policy,
            NotificationConfiguration configuration) {
        this(
                Channels.of(configuration, policy::fipsEnforced, hostName()),
                Channels.least(configuration),
                Channels.rhythm(configuration),
                folder(context),
                List.of());
    }

    NotificationSender(
            Map<String, Channel> channels,
            Severity least,
            Notices.Rhythm rhythm,
            Path folder,
            List<Inspector> inspectors) {
        this.least = least;
        this.look = rhythm.settle().compareTo(LOOK) < 0 ? rhythm.settle() : LOOK;
        this.inspectors.addAll(inspectors);
        Instant now = Instant.now();
        this.subscriptions =
                channels.entrySet().stream()
                        .map(
                                channel ->
                                        new Subscription(
                                                channel.getValue(),
                                                new ToldFile(
                                                        folder.resolve(
                                                                "told-by-" + channel.getKey())),
                                                rhythm,
                                                now))
                        .toList();
        thread.setDaemon(true);
        thread.start();
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "this machine";
        }
    }

    private static Path folder(BundleContext context) {
        String data = context.getProperty("passbridge.data");
        return Path.of(data == null ? "data" : data, "notifications");
    }

    private void run() {
        try {
            while (!end.await(look.toMillis(), TimeUnit.MILLISECONDS)) {
                List<Problem> problems = problems();
                Instant now = Instant.now();
                subscriptions.forEach(subscription -> subscription.look(problems, now));
            }
        } catch (InterruptedException e) {
            // the platform stops and has no more patience
        }
    }

    private List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        for (Inspector inspector : inspectors) {
            try {
                inspector.inspect().stream()
                        .filter(finding -> finding.severity().compareTo(least) >= 0)
                        .map(Problem::of)
                        .forEach(problems::add);
            } catch (RuntimeException e) {
                // doctor says so, and the next look may be a better one
                LOG.debug("An inspector failed", e);
            }
        }
        return problems;
    }

    @Override
    public String subject() {
        return SUBJECT;
    }

    /** Not told to anybody but those who ask doctor: it is the way to them that fails. */
    @Override
    public List<Finding> inspect() {
        return subscriptions.stream()
                .map(
                        subscription ->
                                subscription
                                        .trouble()
                                        .map(
                                                reason ->
                                                        Finding.warning(
                                                                SUBJECT,
                                                                "do not arrive: " + reason,
                                                                "They are tried again; see etc/"
                                                                        + PID
                                                                        + ".cfg"))
                                        .orElseGet(
                                                () -> Finding.ok(SUBJECT, "go to " + subscription)))
                .toList();
    }

    @Deactivate
    public void close() throws InterruptedException {
        end.countDown();
        thread.join(STOP.toMillis());
        thread.interrupt();
    }
}
