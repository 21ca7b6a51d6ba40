/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import io.passbridge.connector.host.ConnectorStatus.Phase;
import io.passbridge.store.StoreException;
import io.passbridge.store.WriterLease;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the cycles of all routes, as long as the key set is unlocked. */
final class Engine implements AutoCloseable {
    private static final Set<Phase> USABLE = EnumSet.of(Phase.READY, Phase.ONLINE, Phase.DEGRADED);

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final Duration HISTORY = Duration.ofDays(7);

    private final Platform platform;
    private final RoutePauses pauses;
    private final FullRuns fullRuns;
    private final ScheduledExecutorService timer;
    private final ExecutorService threads;
    private final ExecutorService cores;
    private final DigestPool digests;
    private final LeaseKeeper lease;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final Map<String, RouteRunner> runners = new ConcurrentHashMap<>();

    /**
     * @param holder this server's id in the lease
     * @param digestThreads how many threads digest
     */
    Engine(
            Platform platform,
            WriterLease writerLease,
            RoutePauses pauses,
            String holder,
            Duration leaseValidity,
            int digestThreads) {
        this.platform = platform;
        this.pauses = pauses;
        this.fullRuns = new FullRuns(platform.journal());
        this.timer = Executors.newScheduledThreadPool(2, named("timer"));
        this.threads = Executors.newCachedThreadPool(named("route"));
        this.cores = Executors.newFixedThreadPool(digestThreads, named("digest"));
        this.digests = new DigestPool(platform.schemes(), cores, digestThreads);
        this.lease =
                new LeaseKeeper(
                        writerLease,
                        platform.journal(),
                        holder,
                        leaseValidity,
                        timer,
                        this::wakeAll);
        timer.scheduleWithFixedDelay(this::purge, 1, 24 * 60, TimeUnit.MINUTES);
    }

    private void purge() {
        try {
            platform.history().purge(platform.clock().instant().minus(HISTORY));
        } catch (StoreException e) {
            LOG.warn("the history could not be shortened: {}", e.getMessage());
        }
    }

    private static ThreadFactory named(String role) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "passbridge-" + role + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    void add(RouteSettings settings) {
        if (settings.state() != RouteSettings.State.ON || !settings.faults().isEmpty()) {
            return;
        }
        String name = settings.name();
        RouteParts parts =
                new RouteParts(
                        settings,
                        platform,
                        digests,
                        lease,
                        threads,
                        new TargetWriter(platform.connectors(), settings.target()),
                        Backoff.ofUsers(random),
                        new JournalWriter(platform.journal(), name),
                        () -> pauses.of(name).isPresent());
        RouteRunner runner =
                new RouteRunner(parts, pauses, fullRuns, timer, Backoff.ofCycles(random));
        runners.put(name, runner);
        runner.start();
    }

    void remove(String route) {
        RouteRunner runner = runners.remove(route);
        if (runner != null) {
            runner.stop();
            fullRuns.gone(route);
        }
    }

    Optional<RouteRunner> runner(String route) {
        return Optional.ofNullable(runners.get(route));
    }

    DigestPool digests() {
        return digests;
    }

    LeaseKeeper lease() {
        return lease;
    }

    void signalled(String instance) {
        runners.values().stream()
                .filter(runner -> runner.settings().source().equals(instance))
                .forEach(RouteRunner::signalled);
    }

    /** Returns at once: the registry is asked on a thread of our own. */
    void instanceChanged(String instance) {
        for (RouteRunner runner : runners.values()) {
            RouteSettings settings = runner.settings();
            if (settings.source().equals(instance) || settings.target().equals(instance)) {
                timer.execute(() -> wakeIfUsable(runner, instance));
            }
        }
    }

    private void wakeIfUsable(RouteRunner runner, String instance) {
        boolean usable =
                platform.connectors()
                        .instance(instance)
                        .filter(status -> USABLE.contains(status.phase()))
                        .isPresent();
        if (usable) {
            runner.instanceReady();
        }
    }

    private void wakeAll() {
        runners.values().forEach(runner -> runner.wake(Duration.ZERO));
    }

    @Override
    public void close() {
        runners.keySet().forEach(this::remove);
        lease.close();
        timer.shutdownNow();
        threads.shutdownNow();
        cores.shutdownNow();
    }
}
