/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.host.ConnectorRegistry;
import io.passbridge.connector.host.ConnectorStatus;
import io.passbridge.credential.Digest;
import io.passbridge.credential.SourceCredential;
import io.passbridge.credential.UserPassword;
import io.passbridge.event.EventType;
import io.passbridge.event.Journal;
import io.passbridge.event.JournalException;
import io.passbridge.event.JournalFilter;
import io.passbridge.event.JournalRecord;
import io.passbridge.hash.DigestScheme;
import io.passbridge.health.Finding;
import io.passbridge.store.RunHistory;
import io.passbridge.store.StoreException;
import io.passbridge.store.WriterLease;
import java.lang.annotation.Annotation;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/** Source, target, store and everything else that an engine needs, in memory. */
final class Bench implements AutoCloseable {
    final Faults faults = new Faults();
    final SimulatedSource source = new SimulatedSource(faults);
    final SimulatedTarget target = new SimulatedTarget(faults);
    final MemoryState state = new MemoryState(faults);
    final Events events = new Events();
    final History history = new History();
    final MovingClock clock = new MovingClock();
    final Connectors connectors = new Connectors();
    final DigestSchemes schemes = new DigestSchemes(Duration.ofSeconds(2));
    final TestScheme scheme = new TestScheme();
    final ExecutorService threads = Executors.newCachedThreadPool();
    final ExecutorService cores = Executors.newFixedThreadPool(2);
    volatile boolean stopping;
    private TargetWriter writer = new TargetWriter(connectors, "cloud");

    Bench() {
        schemes.add(scheme);
    }

    /** Turns configuration lines into settings. */
    static RouteSettings settings(String... lines) {
        Map<String, String> values = new TreeMap<>(Map.of("source", "corp", "target", "cloud"));
        values.put("digest", "test");
        for (String line : lines) {
            values.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
        }
        return RouteSettings.of("r", new Configured(values));
    }

    Platform platform() {
        return new Platform(connectors, state, history, events, schemes, clock);
    }

    RouteParts parts(RouteSettings settings) {
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
    RunTally cycle(RouteSettings settings, boolean full, boolean allowDeletions)
            throws CycleFailure, InterruptedException {
        clock.advance(Duration.ofSeconds(1));
        RunTally tally = new RunTally(sum -> {});
        new RouteRun(parts(settings), new RouteRun.Instruction(full, allowDeletions), tally)
                .execute(() -> {});
        return tally;
    }

    RunTally cycle(String... lines) throws CycleFailure, InterruptedException {
        return cycle(settings(lines), false, false);
    }

    /** What a new process begins with. */
    void restart() {
        faults.revive();
        writer = new TargetWriter(connectors, "cloud");
    }

    String digestAtTarget(String user) {
        return target.digests.get(new io.passbridge.credential.SourceAnchor(user));
    }

    @Override
    public void close() {
        threads.shutdownNow();
        cores.shutdownNow();
    }

    /** Writes the password into the digest, so that tests can see which one arrived. */
    static class TestScheme implements DigestScheme {
        final AtomicReference<RuntimeException> failure = new AtomicReference<>();
        volatile double perSecond = 10_000;

        @Override
        public String name() {
            return "test";
        }

        @Override
        public boolean accepts(SourceCredential credential) {
            return credential.kind().equals("SHA");
        }

        @Override
        public List<Digest> digest(List<? extends SourceCredential> credentials) {
            if (failure.get() != null) {
                throw failure.get();
            }
            return credentials.stream()
                    .map(c -> (UserPassword) c)
                    .map(p -> p.value().use(b -> new String(b, StandardCharsets.UTF_8)))
                    .map(text -> new Digest("test", "digest of " + text))
                    .toList();
        }

        @Override
        public String parameters() {
            return "none";
        }

        @Override
        public boolean approved() {
            return true;
        }

        @Override
        public double digestsPerSecond() {
            return perSecond;
        }
    }

    /** Calls in the calling thread. */
    final class Connectors implements ConnectorRegistry {
        @Override
        public List<ConnectorStatus> instances() {
            return List.of();
        }

        @Override
        public Optional<ConnectorStatus> instance(String name) {
            return Optional.empty();
        }

        @Override
        public boolean has(String instance, Class<?> capability) {
            return find(instance, capability) != null;
        }

        private Object find(String instance, Class<?> capability) {
            Object found =
                    instance.equals("corp") ? source : instance.equals("cloud") ? target : null;
            return capability.isInstance(found) ? found : null;
        }

        @Override
        public <C, R> R call(String instance, Class<C> capability, Call<C, R> call)
                throws ConnectorException {
            Object found = find(instance, capability);
            if (found == null) {
                throw new ConnectorException(Kind.UNREACHABLE, instance + " is not there");
            }
            return call.on(capability.cast(found));
        }

        @Override
        public List<Finding> test(String instance) {
            return List.of();
        }

        @Override
        public void pause(String instance) {}

        @Override
        public void resume(String instance) {}
    }

    /** Keeps events in memory. */
    static final class Events implements Journal {
        final List<JournalRecord> records = new CopyOnWriteArrayList<>();
        boolean broken;

        @Override
        public synchronized long record(
                EventType type, String subject, Map<String, String> attributes)
                throws JournalException {
            if (broken) {
                throw new JournalException("the disk is full", null);
            }
            records.add(
                    new JournalRecord(
                            records.size() + 1,
                            Instant.EPOCH,
                            type.number(),
                            type.severity(),
                            attributes.getOrDefault(ACTOR, "system"),
                            subject,
                            type.text(),
                            attributes));
            return records.size();
        }

        synchronized List<Integer> numbers() {
            return records.stream().map(JournalRecord::number).toList();
        }

        @Override
        public List<JournalRecord> list(JournalFilter filter, int limit) {
            return List.copyOf(records);
        }

        @Override
        public List<JournalRecord> after(long sequence, int limit) {
            return List.of();
        }

        @Override
        public Verification verify() {
            return new Verification(records.size(), -1, "");
        }
    }

    /** Keeps runs in memory. */
    static final class History implements RunHistory {
        final ConcurrentSkipListMap<Long, Run> runs = new ConcurrentSkipListMap<>();

        @Override
        public synchronized void put(Run run) {
            runs.put(run.id(), run);
        }

        @Override
        public synchronized long nextId() {
            return runs.isEmpty() ? 1 : runs.lastKey() + 1;
        }

        @Override
        public synchronized List<Run> list(String route, int limit) {
            return runs.values().stream()
                    .sorted(Comparator.comparing(Run::id).reversed())
                    .limit(limit)
                    .toList();
        }

        @Override
        public synchronized int purge(Instant before) {
            return 0;
        }
    }

    /** Gives the lease to one holder at a time. */
    static final class Lending implements WriterLease {
        Lease lease;
        long token;
        StoreException down;

        @Override
        public synchronized Optional<Lease> acquire(String holder, Duration validity)
                throws StoreException {
            if (down != null) {
                throw down;
            }
            if (lease != null && !lease.holder().equals(holder)) {
                return Optional.empty();
            }
            return Optional.of(seize(holder, validity));
        }

        @Override
        public synchronized Lease seize(String holder, Duration validity) {
            if (lease == null || !lease.holder().equals(holder)) {
                token++;
            }
            lease = new Lease(holder, token, Instant.now().plus(validity));
            return lease;
        }

        @Override
        public synchronized void release(String holder) {
            if (lease != null && lease.holder().equals(holder)) {
                lease = null;
            }
        }

        @Override
        public synchronized Optional<Lease> current() {
            return Optional.ofNullable(lease);
        }
    }

    /** A clock that moves only when it is told to. */
    static final class MovingClock extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        synchronized void advance(Duration time) {
            now = now.plus(time);
        }

        @Override
        public synchronized Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /** A configuration from key and value pairs, with the annotation's own defaults. */
    record Configured(Map<String, String> values) implements RouteConfiguration {
        private String text(String key) {
            try {
                Object standard = RouteConfiguration.class.getDeclaredMethod(key).getDefaultValue();
                return values.getOrDefault(
                        key, standard instanceof String[] ? "" : String.valueOf(standard));
            } catch (NoSuchMethodException e) {
                throw new IllegalArgumentException(key, e);
            }
        }

        @Override
        public String source() {
            return text("source");
        }

        @Override
        public String target() {
            return text("target");
        }

        @Override
        public String digest() {
            return text("digest");
        }

        @Override
        public String state() {
            return text("state");
        }

        @Override
        public String accounts() {
            return text("accounts");
        }

        @Override
        public String[] passThrough() {
            return new String[] {text("passThrough")};
        }

        @Override
        public String[] include() {
            return new String[] {text("include")};
        }

        @Override
        public String[] exclude() {
            return new String[] {text("exclude")};
        }

        @Override
        public int pageSize() {
            return Integer.parseInt(text("pageSize"));
        }

        @Override
        public int cycleSeconds() {
            return Integer.parseInt(text("cycleSeconds"));
        }

        @Override
        public int deletionThreshold() {
            return Integer.parseInt(text("deletionThreshold"));
        }

        @Override
        public String mustChange() {
            return text("mustChange");
        }

        @Override
        public int retryAttempts() {
            return Integer.parseInt(text("retryAttempts"));
        }

        @Override
        public Class<? extends Annotation> annotationType() {
            return RouteConfiguration.class;
        }
    }
}
