/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import io.passbridge.connector.host.ConnectorStatus.Phase;
import io.passbridge.event.EventType;
import io.passbridge.store.RouteLeases;
import io.passbridge.sync.RouteWork;
import io.passbridge.sync.cycle.RouteParts;
import io.passbridge.sync.digest.DigestPool;
import io.passbridge.sync.page.EngineServices;
import io.passbridge.sync.page.TargetWriter;
import io.passbridge.sync.parity.Comparison;
import io.passbridge.sync.parity.Patrol;
import io.passbridge.sync.route.Backoff;
import io.passbridge.sync.route.JournalWriter;
import io.passbridge.sync.route.RoutePauses;
import io.passbridge.sync.route.RouteSettings;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
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
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the cycles of all routes, as long as the key set is unlocked. */
public final class SyncEngine implements AutoCloseable {
    private static final Set<Phase> USABLE = EnumSet.of(Phase.READY, Phase.ONLINE, Phase.DEGRADED);

    private static final Logger LOG = LoggerFactory.getLogger(SyncEngine.class);

    private final EngineServices platform;
    private final RoutePauses pauses;
    private final FullRuns fullRuns;
    private final ScheduledExecutorService timer;
    private final ExecutorService threads;
    private final ExecutorService cores;
    private final DigestPool digests;
    private final LeaseKeeper lease;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final Map<String, RouteRunner> runners = new ConcurrentHashMap<>();
    private final Map<String, PatrolRounds> patrols = new ConcurrentHashMap<>();
    private final TimerWatch watch;

    /**
     * @param digestThreads how many threads digest
     */
    public SyncEngine(
            EngineServices platform,
            RouteLeases leases,
            RoutePauses pauses,
            Membership us,
            int digestThreads) {
        this.platform = platform;
        this.pauses = pauses;
        this.fullRuns = new FullRuns(platform.journal());
        this.timer = Executors.newScheduledThreadPool(2, named("timer"));
        this.threads = Executors.newCachedThreadPool(named("route"));
        this.cores = Executors.newFixedThreadPool(digestThreads, named("digest"));
        this.digests = new DigestPool(platform.schemes(), cores, digestThreads);
        this.lease = new LeaseKeeper(leases, platform.journal(), us, timer, new Leased());
        this.watch = TimerWatch.of(timer);
        timer.scheduleWithFixedDelay(
                this::beat, 0, FailureNotes.RATE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Whoever watches the journal sees by that that it is not silent for another reason. */
    private void beat() {
        JournalWriter.ofAllRoutes(platform.journal()).note(EventType.MANAGER_ALIVE, Map.of());
    }

    private static ThreadFactory named(String role) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "passbridge-" + role + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    public void add(RouteSettings settings) {
        if (settings.state() != RouteSettings.State.ON || !settings.faults().isEmpty()) {
            return;
        }
        String name = settings.name();
        RouteParts parts =
                new RouteParts(
                        settings,
                        platform,
                        digests,
                        lease.holding(name),
                        threads,
                        new TargetWriter(platform.connectors(), settings.target()),
                        Backoff.ofUsers(random),
                        new JournalWriter(platform.journal(), name),
                        () -> pauses.of(name).isPresent() || lease.isWantedElsewhere(name));
        RouteRunner runner =
                new RouteRunner(parts, pauses, fullRuns, timer, Backoff.ofCycles(random));
        runners.put(name, runner);
        patrol(settings);
        runner.start();
        lease.lookSoon();
    }

    private void patrol(RouteSettings settings) {
        String name = settings.name();
        if (settings.limits().verifyPerMinute() > 0) {
            Patrol patrol =
                    new Patrol(
                            settings,
                            platform,
                            new Comparison(settings, platform, digests),
                            lease.holding(name),
                            new JournalWriter(platform.journal(), name));
            patrols.put(
                    name,
                    new PatrolRounds(
                            patrol,
                            timer,
                            threads,
                            () -> lease.holds(name) && pauses.of(name).isEmpty()));
        }
    }

    public void remove(String route) {
        PatrolRounds patrol = patrols.remove(route);
        if (patrol != null) {
            patrol.stop();
        }
        RouteRunner runner = runners.remove(route);
        if (runner != null) {
            runner.stop();
            fullRuns.gone(route);
        }
    }

    public Optional<RouteRunner> runner(String route) {
        return Optional.ofNullable(runners.get(route));
    }

    /** Why the people of a route are not compared with the target; empty if they are. */
    public String hindrance(String route) {
        PatrolRounds patrol = patrols.get(route);
        return patrol == null ? "" : patrol.hindrance();
    }

    /** Why no run would begin any more; empty while the engine lives. */
    public Optional<String> stall() {
        return watch.stall();
    }

    /** What has been done so far for each route, by name. */
    public List<RouteWork> work() {
        return runners.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(runner -> runner.getValue().work())
                .toList();
    }

    public DigestPool digests() {
        return digests;
    }

    public LeaseKeeper lease() {
        return lease;
    }

    void signalled(String instance) {
        runners.values().stream()
                .filter(runner -> runner.settings().source().equals(instance))
                .forEach(RouteRunner::signalled);
    }

    void policyChanged() {
        runners.values().forEach(runner -> runner.wake(Duration.ZERO));
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
        if (isUsable(instance)) {
            runner.instanceReady();
            lease.lookSoon();
        }
    }

    private boolean isUsable(String instance) {
        return platform.connectors()
                .instance(instance)
                .filter(status -> USABLE.contains(status.phase()))
                .isPresent();
    }

    /** What the keeper of the leases is told about the routes. */
    private final class Leased implements LeasedRoutes {
        @Override
        public Map<String, Boolean> runnable() {
            return runners.values().stream()
                    .map(RouteRunner::settings)
                    .collect(
                            Collectors.toMap(
                                    RouteSettings::name,
                                    s -> isUsable(s.source()) && isUsable(s.target())));
        }

        @Override
        public boolean isIdle(String route) {
            return runner(route).map(RouteRunner::isIdle).orElse(true);
        }

        @Override
        public void acquired(String route) {
            runner(route).ifPresent(runner -> runner.wake(Duration.ZERO));
        }
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
