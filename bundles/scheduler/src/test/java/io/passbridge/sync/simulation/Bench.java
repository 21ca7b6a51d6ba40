/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.simulation;

import io.passbridge.credential.SourceAnchor;
import io.passbridge.sync.DeletionLeave;
import io.passbridge.sync.cycle.RouteParts;
import io.passbridge.sync.cycle.RouteRun;
import io.passbridge.sync.digest.DigestPool;
import io.passbridge.sync.digest.DigestSchemes;
import io.passbridge.sync.page.EngineServices;
import io.passbridge.sync.page.LeaseHolding;
import io.passbridge.sync.page.RunTally;
import io.passbridge.sync.page.TargetWriter;
import io.passbridge.sync.route.Backoff;
import io.passbridge.sync.route.CycleFailure;
import io.passbridge.sync.route.JournalWriter;
import io.passbridge.sync.route.RouteSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Source, target, store and everything else that an engine needs, in memory. */
public final class Bench implements AutoCloseable {
    public final Faults faults = new Faults();
    public final SimulatedSource source = new SimulatedSource(faults);
    public final SimulatedTarget target = new SimulatedTarget(faults);
    public final MemoryState state = new MemoryState(faults);
    public final MemoryProofs proofs = new MemoryProofs();
    public final MemoryJournal events = new MemoryJournal();
    public final MemoryHistory history = new MemoryHistory();
    public final MovingClock clock = new MovingClock();
    public final SimulatedConnectors connectors = new SimulatedConnectors(source, target);
    public final DigestSchemes schemes = new DigestSchemes(Duration.ofSeconds(2));
    public final TestScheme scheme = new TestScheme();
    public final ExecutorService threads = Executors.newCachedThreadPool();
    public final ExecutorService cores = Executors.newFixedThreadPool(2);
    public volatile boolean stopping;
    private TargetWriter writer = new TargetWriter(connectors, "cloud");

    public Bench() {
        schemes.add(scheme);
    }

    /** Turns configuration lines into settings. */
    public static RouteSettings settings(String... lines) {
        Map<String, String> values = new TreeMap<>(Map.of("source", "corp", "target", "cloud"));
        values.put("digest", "test");
        for (String line : lines) {
            values.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
        }
        return RouteSettings.of("r", values);
    }

    public EngineServices platform() {
        return new EngineServices(connectors, state, proofs, history, events, schemes, clock);
    }

    public RouteParts parts(RouteSettings settings) {
        LeaseHolding lease =
                new LeaseHolding() {
                    @Override
                    public long token() {
                        return 1;
                    }

                    @Override
                    public void fenced() {}
                };
        return new RouteParts(
                settings,
                platform(),
                new DigestPool(schemes, cores, 2),
                lease,
                threads,
                writer,
                Backoff.ofUsers(new Random(1)),
                new JournalWriter(events, settings.name()),
                () -> stopping);
    }

    /** Runs one cycle in this thread. */
    public RunTally cycle(RouteSettings settings, boolean full, boolean allowDeletions)
            throws CycleFailure, InterruptedException {
        clock.advance(Duration.ofSeconds(1));
        RunTally tally = new RunTally(sum -> Optional.empty());
        new RouteRun(
                        parts(settings),
                        new RouteRun.Instruction(
                                full,
                                allowDeletions
                                        ? OptionalLong.of(DeletionLeave.ANY)
                                        : OptionalLong.empty()),
                        tally)
                .execute(() -> {});
        return tally;
    }

    public RunTally cycle(String... lines) throws CycleFailure, InterruptedException {
        return cycle(settings(lines), false, false);
    }

    /** What a new process begins with. */
    public void restart() {
        faults.revive();
        writer = new TargetWriter(connectors, "cloud");
    }

    public String digestAtTarget(String user) {
        return target.digests.get(new SourceAnchor(user));
    }

    @Override
    public void close() {
        threads.shutdownNow();
        cores.shutdownNow();
    }
}
