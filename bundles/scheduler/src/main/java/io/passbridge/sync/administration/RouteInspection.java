/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.administration;

import io.passbridge.connector.PasswordSource;
import io.passbridge.connector.PasswordTarget;
import io.passbridge.connector.host.ConnectorStatus;
import io.passbridge.health.Finding;
import io.passbridge.store.Parity;
import io.passbridge.store.Standing;
import io.passbridge.store.StoreException;
import io.passbridge.store.SyncState.Counts;
import io.passbridge.sync.Promptness;
import io.passbridge.sync.RouteProof;
import io.passbridge.sync.RouteStatus;
import io.passbridge.sync.engine.FailureNotes;
import io.passbridge.sync.page.EngineServices;
import io.passbridge.sync.route.Rivals;
import io.passbridge.sync.route.RouteConfiguration;
import io.passbridge.sync.route.Words;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Says of each route whether it runs and, if not, why and what to do. */
final class RouteInspection {
    private static final long MANY_RETRIES = 100;
    private static final int REASONS = 10;

    private final EngineServices platform;

    RouteInspection(EngineServices platform) {
        this.platform = platform;
    }

    List<Finding> inspect(List<RouteStatus> routes) {
        if (routes.isEmpty()) {
            return List.of(
                    Finding.note(
                            "routes",
                            "no route is configured",
                            "add etc/%s-NAME.cfg with 'source' and 'target'"
                                    .formatted(RouteConfiguration.PID)));
        }
        List<Finding> findings = new ArrayList<>();
        for (RouteStatus route : routes) {
            int before = findings.size();
            instance(route, route.source(), PasswordSource.class, "source", findings);
            instance(route, route.target(), PasswordTarget.class, "target", findings);
            digest(route, findings);
            phase(route, findings);
            people(route, findings);
            promptness(route, findings);
            route.proof().ifPresent(proof -> proof(route, proof, findings));
            rivals(route, routes, findings);
            if (findings.size() == before) {
                findings.add(Finding.ok(subject(route), "runs"));
            }
        }
        return findings;
    }

    private static String subject(RouteStatus route) {
        return "route " + route.name();
    }

    private void instance(
            RouteStatus route, String name, Class<?> capability, String role, List<Finding> found) {
        if (name.isEmpty() || platform.connectors().has(name, capability)) {
            return;
        }
        Optional<ConnectorStatus> status = platform.connectors().instance(name);
        found.add(
                status.isEmpty()
                        ? Finding.error(
                                subject(route),
                                "%s '%s' is not configured".formatted(role, name),
                                "add etc/io.passbridge.connector.TYPE-%s.cfg".formatted(name))
                        : Finding.error(
                                subject(route),
                                "%s '%s' cannot serve as %s: it is %s. %s"
                                        .formatted(
                                                role,
                                                name,
                                                role,
                                                Words.of(status.get().phase()),
                                                status.get().detail()),
                                "connector:show %s and connector:test %s say more"
                                        .formatted(name, name)));
    }

    /** The first of two routes tells. */
    private static void rivals(RouteStatus route, List<RouteStatus> all, List<Finding> found) {
        List<RouteStatus> later =
                all.stream().filter(other -> other.name().compareTo(route.name()) > 0).toList();
        found.addAll(Rivals.of(route.name(), route.source(), route.target(), later));
    }

    private void digest(RouteStatus route, List<Finding> found) {
        if (!route.digest().isEmpty() && platform.schemes().find(route.digest()).isEmpty()) {
            found.add(
                    Finding.error(
                            subject(route),
                            "no bundle provides the digest scheme '%s'; available are %s"
                                    .formatted(
                                            route.digest(),
                                            String.join(", ", platform.schemes().names())),
                            "change 'digest' in etc/%s-%s.cfg or install the scheme's bundle"
                                    .formatted(RouteConfiguration.PID, route.name())));
        }
    }

    private void phase(RouteStatus route, List<Finding> found) {
        String text = Words.of(route.phase()) + ": " + route.reason();
        switch (route.phase()) {
            case INVALID ->
                    found.add(Finding.error(subject(route), text, "mend the configuration file"));
            case LOCKED -> found.add(Finding.error(subject(route), text, "keys:unlock or doctor"));
            case FAILING ->
                    found.add(
                            Finding.error(
                                    subject(route),
                                    text,
                                    "it is tried again at "
                                            + route.nextRun()
                                                    .map(
                                                            next ->
                                                                    next.truncatedTo(
                                                                                    ChronoUnit
                                                                                            .SECONDS)
                                                                            .toString())
                                                    .orElse("once")));
            case PAUSED ->
                    found.add(Finding.warning(subject(route), text, "sync:resume " + route.name()));
            case STANDBY ->
                    found.add(
                            Finding.note(
                                    subject(route),
                                    text,
                                    "nothing, as long as the other server runs"));
            case OFF, STAGING ->
                    found.add(Finding.note(subject(route), text, "nothing, if that is intended"));
            case IDLE, RUNNING -> age(route, found);
        }
    }

    /** The last cycle that ended well is what counts; an idle route does not move its watermark. */
    private void age(RouteStatus route, List<Finding> found) {
        Instant now = platform.clock().instant();
        route.lastRun()
                .flatMap(run -> run.endedAt())
                .filter(end -> Duration.between(end, now).compareTo(FailureNotes.RATE) > 0)
                .filter(end -> route.progress().isEmpty())
                .ifPresent(
                        end ->
                                found.add(
                                        Finding.warning(
                                                subject(route),
                                                "the last cycle ended at "
                                                        + end.truncatedTo(ChronoUnit.SECONDS),
                                                "sync:run " + route.name())));
    }

    private static void promptness(RouteStatus route, List<Finding> found) {
        route.promptness()
                .filter(Promptness::missed)
                .ifPresent(
                        p ->
                                found.add(
                                        Finding.warning(
                                                subject(route),
                                                ("99 of 100 changes of the last 24 hours were at"
                                                     + " the target within %s, half within %s; the"
                                                     + " objective is %s (%s)")
                                                        .formatted(
                                                                seconds(p.p99().orElseThrow()),
                                                                seconds(p.p50().orElseThrow()),
                                                                seconds(
                                                                        p.objective()
                                                                                .orElseThrow()),
                                                                Finding.count(
                                                                        p.changes(),
                                                                        "change",
                                                                        "changes")),
                                                ("sync:history %1$s shows runs that failed or took"
                                                     + " long, sync:people %1$s --waiting whom the"
                                                     + " target does not take; 'cycleSeconds' and"
                                                     + " 'objectiveSeconds' are in"
                                                     + " etc/%2$s-%1$s.cfg")
                                                        .formatted(
                                                                route.name(),
                                                                RouteConfiguration.PID))));
    }

    private static String seconds(Duration length) {
        return String.format(Locale.ROOT, "%.1f s", length.toMillis() / 1000.0);
    }

    /** Nobody is left out in silence: how many, why, and where they are listed. */
    private void people(RouteStatus route, List<Finding> found) {
        Counts counts = route.counts().orElse(new Counts(Map.of()));
        long waiting = counts.of(Standing.WAITING);
        if (waiting > 0) {
            String text =
                    Finding.count(waiting, "user waits", "users wait") + " in the retry queue";
            String remedy = "sync:people %s --waiting tells why".formatted(route.name());
            found.add(
                    waiting > MANY_RETRIES
                            ? Finding.warning(subject(route), text, remedy)
                            : Finding.note(subject(route), text, remedy));
        }
        for (Standing standing : List.of(Standing.REFUSED, Standing.UNUSABLE)) {
            if (counts.of(standing) > 0) {
                String word = Words.of(standing);
                reasons(route, standing)
                        .forEach(
                                (reason, number) ->
                                        found.add(
                                                Finding.warning(
                                                        subject(route),
                                                        "%s %s: %s"
                                                                .formatted(
                                                                        Finding.count(
                                                                                number,
                                                                                "person is",
                                                                                "people are"),
                                                                        word,
                                                                        reason),
                                                        "sync:people %s --%s lists them"
                                                                .formatted(route.name(), word))));
            }
        }
    }

    /** What comparisons with the target have found, and whom they could not reach. */
    private void proof(RouteStatus route, RouteProof proof, List<Finding> found) {
        boolean unreachable = !proof.hindrance().isEmpty();
        if (unreachable && route.counts().map(c -> c.of(Standing.IN_STEP) > 0).orElse(false)) {
            found.add(
                    Finding.note(
                            subject(route),
                            "nobody is compared with the target: " + proof.hindrance(),
                            "nothing can be proven of its people as long as that is so"));
        }
        for (Parity parity : List.of(Parity.DIFFERENT, Parity.ABSENT, Parity.UNKNOWN)) {
            if (proof.doubts(parity) > 0) {
                doubts(route, parity, found);
            }
        }
    }

    private void doubts(RouteStatus route, Parity parity, List<Finding> found) {
        String remedy =
                parity.isBroken()
                        ? "find out who changed the target; sync:verify %1$s --found lists them,"
                                + " sync:verify %1$s --repair writes them again"
                        : "sync:verify %s --found lists them";
        try {
            platform.proofs()
                    .reasons(route.name(), parity, REASONS)
                    .forEach(
                            (reason, number) ->
                                    found.add(
                                            Finding.warning(
                                                    subject(route),
                                                    (parity.isBroken()
                                                                    ? "%s in step not at the target"
                                                                          + " as at the source: %s"
                                                                    : "%s in step of whom nothing"
                                                                            + " can be proven: %s")
                                                            .formatted(
                                                                    Finding.count(
                                                                            number, "person",
                                                                            "people"),
                                                                    reason),
                                                    remedy.formatted(route.name()))));
        } catch (StoreException e) {
            found.add(Finding.warning(subject(route), e.getMessage(), "doctor says more"));
        }
    }

    private Map<String, Long> reasons(RouteStatus route, Standing standing) {
        try {
            return platform.state().reasons(route.name(), standing, REASONS);
        } catch (StoreException e) {
            return Map.of(e.getMessage(), route.counts().orElseThrow().of(standing));
        }
    }
}
