/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.host.ConnectorStatus.Phase;
import io.passbridge.connector.supervision.session.Session;
import io.passbridge.connector.supervision.session.Upkeep;
import io.passbridge.health.Finding;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Tests an instance that nobody calls: one that was not used yet, or that is in trouble, in which
 * it would stay for ever. What waits for its time holds the number of a session and not the
 * session, so that it does not keep the connector of a bundle that goes away.
 */
final class IdleCheck {
    private final Upkeep upkeep;
    private final InstanceState state;
    private final InstanceSupervision supervision;
    private final Supplier<Session> session;
    private final BooleanSupplier paused;
    private final AtomicBoolean planned = new AtomicBoolean();

    /**
     * @param session the open session, or null
     */
    IdleCheck(
            Upkeep upkeep,
            InstanceState state,
            InstanceSupervision supervision,
            Supplier<Session> session,
            BooleanSupplier paused) {
        this.upkeep = upkeep;
        this.state = state;
        this.supervision = supervision;
        this.session = session;
        this.paused = paused;
    }

    /** A session was opened that need not be used soon. */
    void opened(Session fresh) {
        long number = fresh.number();
        upkeep.whenIdle(() -> run(number));
    }

    /** A call failed; what comes of it is known by now. */
    void failed(Session current) {
        if (state.now().phase() == Phase.OFFLINE && planned.compareAndSet(false, true)) {
            long number = current.number();
            upkeep.whenIdle(
                    () -> {
                        planned.set(false);
                        run(number);
                    });
        }
    }

    private void run(long number) {
        Session current = session.get();
        Phase before = state.now().phase();
        boolean idle = before == Phase.READY || before == Phase.OFFLINE;
        if (current == null || current.number() != number || !idle || paused.getAsBoolean()) {
            return;
        }
        try {
            if (supervision.mayLook()) {
                conclude(current, before, firstError(current));
            }
        } catch (ConnectorException e) {
            if (session.get() == current) {
                supervision.failed(e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        if (session.get() == current) {
            failed(current);
        }
    }

    private static Optional<Finding> firstError(Session current)
            throws ConnectorException, InterruptedException {
        return current.test().stream()
                .filter(f -> f.severity() == Finding.Severity.ERROR)
                .findFirst();
    }

    private static String inWords(Finding error) {
        return error.text().startsWith(error.subject())
                ? error.text()
                : error.subject() + " " + error.text();
    }

    private void conclude(Session current, Phase before, Optional<Finding> error) {
        if (session.get() != current || state.now().phase() != before) {
            return;
        }
        if (error.isPresent()) {
            supervision.enter(Phase.OFFLINE, inWords(error.get()));
        } else if (before == Phase.OFFLINE) {
            supervision.succeeded();
        }
    }
}
