/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.host.ConnectorRegistry.Call;
import io.passbridge.connector.host.ConnectorStatus;
import io.passbridge.connector.host.ConnectorStatus.Phase;
import io.passbridge.connector.supervision.platform.EventRecorder;
import io.passbridge.connector.supervision.session.Candidate;
import io.passbridge.connector.supervision.session.InstanceContext;
import io.passbridge.connector.supervision.session.Session;
import io.passbridge.health.Finding;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/** One configured connector instance: opens, supervises, swaps and closes its sessions. */
final class Instance {
    private final String name;
    private final String pid;
    private final HostParts surroundings;
    private final InstanceState state;
    private final InstanceSupervision supervision;
    private final IdleCheck idleCheck;
    private final ReentrantLock life = new ReentrantLock();
    private volatile Assignment assignment = Assignment.NONE;
    private volatile Opening.Opened opened;

    Instance(String name, String pid, HostParts surroundings) {
        this.name = name;
        this.pid = pid;
        this.surroundings = surroundings;
        state = new InstanceState(surroundings.platform().clock());
        supervision =
                new InstanceSupervision(
                        name,
                        surroundings.platform(),
                        surroundings.upkeep(),
                        state,
                        this::isPaused);
        idleCheck =
                new IdleCheck(
                        surroundings.upkeep(), state, supervision, this::open, this::isPaused);
    }

    String name() {
        return name;
    }

    String pid() {
        return pid;
    }

    /** Starts with a configuration and the bundle that serves it, if there is one. */
    void begin(Map<String, Object> first, Candidate server) {
        settle("it starts", given -> given.with(first).servedBy(server));
    }

    /** The configuration has changed. */
    void configure(Map<String, Object> changed) {
        settle("its configuration changed", given -> given.with(changed));
    }

    /** The bundle that serves the instance is another one now, or none. */
    void serve(Candidate changed, String reason) {
        settle(reason, given -> given.servedBy(changed));
    }

    /** Tells whether another instance owns the name; an empty text says that none does. */
    void nameTakenBy(String otherPid) {
        life.lock();
        try {
            if (!assignment.nameTakenBy().equals(otherPid)) {
                settle("its name was given or taken", given -> given.nameTakenBy(otherPid));
            }
        } finally {
            life.unlock();
        }
    }

    /** The configuration is gone. */
    void remove() {
        settle("its configuration was removed", Assignment::withdrawn);
    }

    /** Opens the connector again after trouble that only that can mend. */
    void reopen(Session failed, String reason) {
        life.lock();
        try {
            if (open() == failed && !assignment.removed()) {
                settle(reason, UnaryOperator.identity());
            }
        } finally {
            life.unlock();
        }
    }

    boolean isServedBy(Candidate other) {
        life.lock();
        try {
            return assignment.isServedBy(other);
        } finally {
            life.unlock();
        }
    }

    private void settle(String reason, UnaryOperator<Assignment> change) {
        life.lock();
        try {
            Session old = open();
            if (old != null) {
                supervision.enter(Phase.DRAINING, reason);
                opened = null;
                old.close(reason);
            }
            assignment = change.apply(assignment);
            start();
        } finally {
            life.unlock();
        }
    }

    private void start() {
        Optional<Opening.Refused> obstacle = assignment.obstacle(name);
        Opening.Result result =
                obstacle.isPresent()
                        ? obstacle.get()
                        : new Opening(name, surroundings, supervision)
                                .open(assignment.candidate(), assignment.properties());
        if (result instanceof Opening.Opened fresh) {
            opened = fresh;
            assignment = assignment.wantingSecret(fresh.wantsSecret());
            supervision.opened();
            subscribe(fresh.session());
            if (!assignment.wantsSecret()) {
                idleCheck.opened(fresh.session());
            }
        } else if (result instanceof Opening.Refused refused) {
            supervision.enter(refused.phase(), refused.detail());
            if (refused.phase() == Phase.OFFLINE) {
                surroundings.upkeep().later(() -> reopen(null, "opening it is tried again"));
            }
        }
    }

    private void subscribe(Session fresh) {
        surroundings
                .upkeep()
                .soon(
                        () -> {
                            try {
                                fresh.subscribe();
                            } catch (ConnectorException e) {
                                if (open() == fresh) {
                                    surroundings.upkeep().later(() -> subscribe(fresh));
                                }
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
    }

    /**
     * Calls a capability on the instance's call thread; the system behind it is there if that
     * succeeds.
     */
    <C, R> R call(Class<C> capability, Call<C, R> call)
            throws ConnectorException, InterruptedException {
        Session before = open();
        R result = ask(capability, call);
        if (open() == before) {
            supervision.succeeded();
        }
        return result;
    }

    /** Calls a capability on the instance's call thread for what the connector knows by itself. */
    <C, R> R ask(Class<C> capability, Call<C, R> call)
            throws ConnectorException, InterruptedException {
        if (isPaused()) {
            throw unreachable("it is paused; connector:resume " + name + " continues");
        }
        Session current = present();
        if (!current.has(capability)) {
            throw new ConnectorException(
                    Kind.CONFIGURATION,
                    "connector "
                            + name
                            + " is no "
                            + capability.getSimpleName()
                            + " as it is configured");
        }
        state.calls.incrementAndGet();
        try {
            return current.call(capability, call);
        } catch (ConnectorException e) {
            failed(current, e);
            throw e;
        }
    }

    private void failed(Session current, ConnectorException e) {
        state.failures.incrementAndGet();
        if (open() == current) {
            supervision.failed(e);
            idleCheck.failed(current);
        }
        if (current.stuck()) {
            surroundings.upkeep().soon(() -> reopen(current, "a call did not end"));
        }
    }

    List<Finding> test() throws ConnectorException, InterruptedException {
        Session current = present();
        try {
            return current.test();
        } catch (ConnectorException e) {
            failed(current, e);
            throw e;
        }
    }

    List<Finding> test(InstanceContext.TrialAccount account)
            throws ConnectorException, InterruptedException {
        Session current = present();
        try {
            return current.test(account);
        } catch (ConnectorException e) {
            failed(current, e);
            throw e;
        }
    }

    /** A test found the instance to be in order, or not, and says more than the last call. */
    void settled(boolean inOrder) {
        if (inOrder && open() != null && state.now().phase() != Phase.ONLINE) {
            supervision.succeeded();
        }
    }

    /** The open session, or null. */
    private Session open() {
        Opening.Opened current = opened;
        return current == null ? null : current.session();
    }

    private Session present() throws ConnectorException {
        Session current = open();
        if (current == null) {
            InstanceState.Moment now = state.now();
            throw unreachable(
                    now.phase() == Phase.NO_BUNDLE
                            ? now.detail()
                            : "it is " + now.phase().inWords() + ": " + now.detail());
        }
        return current;
    }

    private ConnectorException unreachable(String reason) {
        return new ConnectorException(
                Kind.UNREACHABLE, "connector " + name + " was not called: " + reason);
    }

    boolean has(Class<?> capability) {
        Session current = open();
        return current != null && current.has(capability);
    }

    Map<String, String> settings() {
        Opening.Opened current = opened;
        return current == null ? Map.of() : current.configuration().texts();
    }

    long session() {
        Session current = open();
        return current == null ? 0 : current.number();
    }

    boolean isPaused() {
        return surroundings.paused().contains(name);
    }

    void pause(boolean pause) throws ConnectorException {
        supervision.recordPause(pause);
        try {
            surroundings.paused().set(name, pause);
        } catch (IOException e) {
            throw new ConnectorException(
                    Kind.REJECTED,
                    "connector "
                            + name
                            + " was not "
                            + (pause ? "paused" : "resumed")
                            + ": its state cannot be written: "
                            + e);
        }
        supervision.changed();
    }

    EventRecorder events() {
        return supervision.events();
    }

    /** Whether the connector signs in with a secret; false if no bundle ever served it. */
    boolean wantsSecret() {
        return assignment.wantsSecret();
    }

    long lateReports() {
        return state.lateReports.get();
    }

    private String detail(InstanceState.Moment now) {
        return isPaused() ? now.detail() + "; besides, an operator paused it" : now.detail();
    }

    ConnectorStatus status() {
        InstanceState.Moment now = state.now();
        Session current = open();
        Assignment given = assignment;
        boolean showPaused = current != null && isPaused();
        return new ConnectorStatus(
                name,
                given.type(),
                showPaused ? Phase.PAUSED : now.phase(),
                showPaused ? "connector:resume " + name + " continues" : detail(now),
                now.since(),
                current == null ? Set.of() : current.capabilityNames(),
                given.bundle(),
                state.calls.get(),
                state.failures.get(),
                state.badRecords.get());
    }
}
