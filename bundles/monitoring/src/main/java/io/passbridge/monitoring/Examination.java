/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.monitoring;

import io.passbridge.health.Finding;
import io.passbridge.health.Finding.Severity;
import io.passbridge.health.Inspector;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the inspectors found, the same that {@code doctor} asks. They may take seconds and read much
 * of the store, so that they are asked in the background, and only if somebody wants to know.
 */
@Component(service = Examination.class)
public final class Examination {
    private static final Logger LOG = LoggerFactory.getLogger(Examination.class);
    private static final Duration LEAST = Duration.ofSeconds(10);
    private static final Duration MOST = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private final List<Inspector> inspectors = new CopyOnWriteArrayList<>();

    private final Recent<Report> recent;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(Examination::thread);
    private volatile Report latest;
    private Future<Report> running;

    /**
     * A finding and the part of the platform that it is about.
     *
     * @param part the inspector's subject
     * @param finding what it found
     */
    public record Observation(String part, Finding finding) {}

    /**
     * What was found.
     *
     * @param at when it was known
     * @param took how long the inspectors took
     * @param observations worst first
     */
    public record Report(Instant at, Duration took, List<Observation> observations) {
        public Report {
            observations = List.copyOf(observations);
        }

        /** How many are so bad. */
        public long count(Severity severity) {
            return observations.stream().filter(o -> o.finding().severity() == severity).count();
        }
    }

    @Activate
    public Examination() {
        recent = new Recent<>(this::examine, LEAST, MOST);
    }

    Examination(List<Inspector> inspectors) {
        this();
        this.inspectors.addAll(inspectors);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "passbridge-monitoring");
        thread.setDaemon(true);
        return thread;
    }

    @Deactivate
    void stop() {
        thread.shutdownNow();
    }

    /**
     * The latest report. If it is too old, another one is begun, and waited for unless it takes
     * long.
     *
     * @return empty if the first one takes long
     */
    public Optional<Report> report() {
        await(next());
        return Optional.ofNullable(latest);
    }

    private synchronized Future<Report> next() {
        if (running == null || running.isDone()) {
            running = thread.submit(this::look);
        }
        return running;
    }

    private Report look() {
        latest = recent.get();
        return latest;
    }

    private static void await(Future<Report> next) {
        try {
            next.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.debug("the inspectors take long", e);
        } catch (ExecutionException e) {
            LOG.error("The platform cannot be examined", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Report examine() {
        long began = System.nanoTime();
        List<Observation> found = new ArrayList<>();
        inspectors.forEach(inspector -> inspect(inspector, found));
        found.sort(
                Comparator.comparing((Observation o) -> o.finding().severity())
                        .reversed()
                        .thenComparing(Observation::part)
                        .thenComparing(o -> o.finding().subject()));
        return new Report(Instant.now(), Duration.ofNanos(System.nanoTime() - began), found);
    }

    private static void inspect(Inspector inspector, List<Observation> found) {
        String part = inspector.getClass().getName();
        try {
            part = inspector.subject();
            for (Finding finding : inspector.inspect()) {
                found.add(new Observation(part, finding));
            }
        } catch (RuntimeException e) {
            LOG.error("The inspector of {} failed", part, e);
            found.add(
                    new Observation(
                            part,
                            Finding.error(
                                    part,
                                    "cannot be inspected: " + e,
                                    "the log has the details, please report them")));
        }
    }
}
