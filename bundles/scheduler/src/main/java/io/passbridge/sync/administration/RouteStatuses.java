/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.administration;

import io.passbridge.hash.DigestScheme;
import io.passbridge.store.Proofs.Pass;
import io.passbridge.store.Proofs.Proof;
import io.passbridge.store.RouteLeases;
import io.passbridge.store.StoreException;
import io.passbridge.store.SyncState;
import io.passbridge.store.SyncState.Pause;
import io.passbridge.store.SyncState.RoutePosition;
import io.passbridge.sync.Promptness;
import io.passbridge.sync.RouteProof;
import io.passbridge.sync.RouteStatus;
import io.passbridge.sync.RouteStatus.Phase;
import io.passbridge.sync.engine.RouteRunner;
import io.passbridge.sync.engine.SyncEngine;
import io.passbridge.sync.page.EngineServices;
import io.passbridge.sync.route.RoutePauses;
import io.passbridge.sync.route.RouteSettings;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Puts together how a route stands. What the store does not answer is left out, not guessed. */
final class RouteStatuses {
    private final EngineServices platform;
    private final RoutePauses pauses;
    private final RouteLeases leases;
    private final BooleanSupplier locked;

    /**
     * Without an engine, cycles cannot run.
     *
     * @param locked whether the key set is locked, which is one cause of that among others
     */
    RouteStatuses(
            EngineServices platform,
            RoutePauses pauses,
            RouteLeases leases,
            BooleanSupplier locked) {
        this.platform = platform;
        this.pauses = pauses;
        this.leases = leases;
        this.locked = locked;
    }

    private record Standing(Phase phase, String reason) {}

    RouteStatus of(RouteSettings settings, Optional<SyncEngine> engine) {
        String name = settings.name();
        Optional<RouteRunner> runner = engine.flatMap(e -> e.runner(name));
        Standing standing = standing(settings, engine, runner);
        Optional<RoutePosition> position =
                ask(() -> platform.state().position(name)).flatMap(p -> p);
        return new RouteStatus(
                name,
                settings.source(),
                settings.target(),
                settings.policy().digest(),
                platform.schemes()
                        .find(settings.policy().digest())
                        .map(DigestScheme::parameters)
                        .orElse(""),
                standing.phase(),
                standing.reason(),
                runner.map(RouteRunner::isFullRun).orElse(false)
                        || position.map(RoutePosition::fullRun).orElse(true),
                runner.flatMap(RouteRunner::progress),
                position.map(RoutePosition::committedAt),
                ask(() -> platform.state().counts(name)),
                ask(() -> platform.history().list(name, 1)).flatMap(l -> l.stream().findFirst()),
                runner.flatMap(RouteRunner::nextRun),
                runner.flatMap(RouteRunner::deletions),
                ask(() ->
                                platform.state()
                                        .latencies(
                                                name,
                                                platform.clock()
                                                        .instant()
                                                        .minus(SyncState.LATENCIES_KEPT)))
                        .map(latencies -> Promptness.of(latencies, settings.limits().objective())),
                ask(leases::board).flatMap(board -> board.holder(name)),
                ask(() -> platform.proofs().proof(name))
                        .map(proof -> of(proof, engine.map(e -> e.hindrance(name)).orElse(""))));
    }

    private static RouteProof of(Proof proof, String hindrance) {
        return new RouteProof(
                proof.last().map(Pass::begunAt),
                proof.last().flatMap(Pass::endedAt),
                proof.last().map(Pass::people).orElse(Map.of()),
                proof.doubts(),
                hindrance);
    }

    private Standing standing(
            RouteSettings settings, Optional<SyncEngine> engine, Optional<RouteRunner> runner) {
        if (!settings.faults().isEmpty()) {
            return new Standing(
                    Phase.INVALID,
                    "%s: %s".formatted(settings.file(), String.join("; ", settings.faults())));
        }
        if (settings.state() == RouteSettings.State.OFF) {
            return new Standing(Phase.OFF, "'state' is off in " + settings.file());
        }
        if (settings.state() == RouteSettings.State.STAGING) {
            return new Standing(Phase.STAGING, "sync:activate switches it on");
        }
        Optional<Pause> pause = pauses.of(settings.name());
        if (pause.isPresent()) {
            return new Standing(Phase.PAUSED, pause.get().reason());
        }
        if (runner.isEmpty()) {
            return locked.getAsBoolean()
                    ? new Standing(
                            Phase.LOCKED, "the key set is locked; keys:unlock lets cycles run")
                    : new Standing(Phase.FAILING, Administration.NO_ENGINE);
        }
        if (runner.get().isRunning()) {
            return new Standing(Phase.RUNNING, "");
        }
        if (engine.isPresent() && !engine.get().lease().holds(settings.name())) {
            return new Standing(Phase.STANDBY, engine.get().lease().standbyReason(settings.name()));
        }
        String failure = runner.get().failure();
        return failure.isEmpty()
                ? new Standing(Phase.IDLE, "")
                : new Standing(Phase.FAILING, failure);
    }

    private interface Question<T> {
        T ask() throws StoreException;
    }

    private static <T> Optional<T> ask(Question<T> question) {
        try {
            return Optional.ofNullable(question.ask());
        } catch (StoreException e) {
            return Optional.empty();
        }
    }
}
