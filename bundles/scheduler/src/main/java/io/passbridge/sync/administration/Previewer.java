/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.administration;

import io.passbridge.connector.ChangePage;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.PasswordSource;
import io.passbridge.connector.PasswordTarget;
import io.passbridge.connector.Watermark;
import io.passbridge.credential.CredentialChange;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.hash.DigestScheme;
import io.passbridge.hash.SealingScheme;
import io.passbridge.store.StoreException;
import io.passbridge.store.SyncState.Reading;
import io.passbridge.store.SyncState.RoutePosition;
import io.passbridge.store.SyncState.UserState;
import io.passbridge.sync.PlannedChange;
import io.passbridge.sync.Preview;
import io.passbridge.sync.SyncException;
import io.passbridge.sync.digest.DigestPool;
import io.passbridge.sync.digest.Forecast;
import io.passbridge.sync.gate.GateTrace;
import io.passbridge.sync.gate.Gates;
import io.passbridge.sync.gate.Verdict;
import io.passbridge.sync.page.Coalescing;
import io.passbridge.sync.page.EngineServices;
import io.passbridge.sync.page.UserObjects;
import io.passbridge.sync.page.VersionOrder;
import io.passbridge.sync.route.RouteSettings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Reads a sample of what a run would read and leads it through the gates, without digesting. */
final class Previewer {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);
    private static final int PAGES = 20;
    private static final int LOOK_BACK = 200;
    private static final int REASONS = 5;

    private final EngineServices platform;

    Previewer(EngineServices platform) {
        this.platform = platform;
    }

    /** The numbers of a sample while it grows. */
    private static final class Sample {
        private long examined;
        private long passwords;
        private long states;
        private long deletions;
        private long unchanged;
        private long stopped;
        private long expected = -1;
        private boolean complete;
        private final Map<String, Integer> reasons = new HashMap<>();
        private final List<PlannedChange> changes = new ArrayList<>();
    }

    /**
     * @param digests of the running engine, or null while the platform is locked
     */
    Preview preview(RouteSettings route, boolean full, DigestPool digests)
            throws SyncException, InterruptedException {
        try {
            Optional<RoutePosition> position = platform.state().position(route.name());
            Reading underWay = position.map(RoutePosition::reading).orElse(Reading.FULL);
            return preview(
                    route,
                    full ? Reading.FULL : underWay,
                    full
                            ? Watermark.BEGINNING
                            : position.map(RoutePosition::watermark).orElse(Watermark.BEGINNING),
                    digests);
        } catch (StoreException e) {
            throw new SyncException("the store does not answer: " + e.getMessage(), e);
        }
    }

    /**
     * What the next run would do after a change of the configuration.
     *
     * @param route as it would be
     * @param digests of the running engine, or null while the platform is locked
     */
    Preview review(RouteSettings route, DigestPool digests)
            throws SyncException, InterruptedException {
        return preview(route, Reading.REVIEW, Watermark.BEGINNING, digests);
    }

    private Preview preview(
            RouteSettings route, Reading reading, Watermark after, DigestPool digests)
            throws SyncException, InterruptedException {
        try {
            Sample sample = new Sample();
            sample(route, reading, after, sample);
            long expected = sample.complete ? sample.examined : sample.expected;
            Optional<Forecast> forecast = forecast(route, sample, expected, digests);
            return new Preview(
                    route.name(),
                    reading != Reading.CHANGES,
                    sample.examined,
                    sample.complete,
                    expected,
                    sample.passwords,
                    sample.states,
                    sample.deletions,
                    stops(route, sample.deletions),
                    sample.unchanged,
                    sample.stopped,
                    mostFrequent(sample.reasons),
                    sample.changes,
                    forecast.map(Forecast::likely),
                    forecast.map(Forecast::least),
                    forecast.map(Forecast::most),
                    sends(route));
        } catch (ConnectorException e) {
            throw new SyncException(
                    "route %s cannot be forecast: %s".formatted(route.name(), e.getMessage()), e);
        } catch (StoreException e) {
            throw new SyncException("the store does not answer: " + e.getMessage(), e);
        }
    }

    private void sample(RouteSettings route, Reading reading, Watermark from, Sample sample)
            throws ConnectorException, StoreException, InterruptedException {
        Set<String> schemes =
                platform.connectors()
                        .ask(
                                route.target(),
                                PasswordTarget.class,
                                target -> Set.copyOf(target.schemes()));
        DigestScheme scheme = platform.schemes().find(route.policy().digest()).orElse(null);
        Gates gates = new Gates(route, schemes, scheme);
        VersionOrder order =
                platform.connectors().ask(route.source(), PasswordSource.class, VersionOrder::of);
        long end = System.nanoTime() + PATIENCE;
        Watermark after = from;
        for (int i = 0; i < PAGES && !sample.complete && System.nanoTime() < end; i++) {
            Watermark start = after;
            try (ChangePage page =
                    platform.connectors()
                            .call(
                                    route.source(),
                                    PasswordSource.class,
                                    source -> source.changes(start, route.limits().pageSize()))) {
                judge(route, gates, order, reading, page.changes(), sample);
                sample.expected = Math.max(sample.expected, page.expected());
                sample.complete = !page.more();
                after = page.next();
            }
        }
    }

    private void judge(
            RouteSettings route,
            Gates gates,
            VersionOrder order,
            Reading reading,
            List<CredentialChange> changes,
            Sample sample)
            throws ConnectorException, StoreException, InterruptedException {
        Collection<CredentialChange> users = Coalescing.byUser(changes, order);
        if (users.isEmpty()) {
            return;
        }
        Map<SourceAnchor, UserState> known =
                platform.state()
                        .users(route.name(), users.stream().map(CredentialChange::anchor).toList());
        UserObjects objects = UserObjects.of(platform, route.source(), users);
        Rehearsal rehearsal = new Rehearsal();
        for (CredentialChange change : users) {
            UserState before = known.get(change.anchor());
            CredentialChange placed = order.place(objects.complete(change), before);
            boolean anew = reading.judgesAnew(Gates.inStep(before));
            Verdict verdict = gates.judge(placed, before, anew, GateTrace.NONE);
            sample.examined++;
            Optional<PlannedChange> planned = Planning.of(placed, before, verdict);
            rehearsal.add(placed, before, verdict, planned);
            if (verdict instanceof Verdict.SendDigest || verdict instanceof Verdict.SendAsIs) {
                sample.passwords++;
            } else if (verdict instanceof Verdict.SendState) {
                sample.states++;
                sample.deletions += planned.filter(PlannedChange::deletion).isPresent() ? 1 : 0;
            } else if (verdict instanceof Verdict.Unchanged) {
                sample.unchanged++;
            } else {
                sample.stopped++;
                sample.reasons.merge(
                        verdict instanceof Verdict.Refused no
                                ? no.reason()
                                : "outside of the route's scope",
                        1,
                        Integer::sum);
            }
        }
        sample.changes.addAll(rehearsal.changes(platform, route));
    }

    private String sends(RouteSettings route) {
        return platform.schemes().find(route.policy().digest()).orElse(null)
                        instanceof SealingScheme sealing
                ? "SOURCE CREDENTIALS, sealed by %s: whoever opens them can sign in at %s"
                        .formatted(sealing.name(), route.source())
                : "";
    }

    /** Why the run would be stopped; empty if it would not. */
    private String stops(RouteSettings route, long deletions) throws StoreException {
        return deletions == 0
                ? ""
                : route.limits()
                        .deletions()
                        .exceeded(deletions, platform.state().counts(route.name()).served())
                        .orElse("");
    }

    private static List<String> mostFrequent(Map<String, Integer> reasons) {
        return reasons.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(REASONS)
                .map(entry -> entry.getValue() + " × " + entry.getKey())
                .toList();
    }

    /** Reading and writing go on beside the digests, which are what takes the time. */
    private Optional<Forecast> forecast(
            RouteSettings route, Sample sample, long expected, DigestPool digests)
            throws StoreException {
        int cores = Runtime.getRuntime().availableProcessors();
        double rate =
                digests != null
                        ? digests.perSecond(route.policy().digest())
                        : platform.schemes()
                                .find(route.policy().digest())
                                .map(s -> s.digestsPerSecond() * cores)
                                .orElse(0.0);
        if (expected < 0) {
            return Optional.empty();
        }
        double share = sample.examined == 0 ? 1 : (double) sample.passwords / sample.examined;
        return Forecast.of(
                expected * share, platform.history().list(route.name(), LOOK_BACK), rate);
    }
}
