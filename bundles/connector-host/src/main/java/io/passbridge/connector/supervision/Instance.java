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
import io.passbridge.health.Finding;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/** One configured connector instance: opens, supervises, swaps and closes its sessions. */
final class Instance {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");

    private final String name;
    private final String pid;
    private final Surroundings surroundings;
    private final InstanceState state;
    private final InstanceSupervision supervision;
    private final ReentrantLock life = new ReentrantLock();
    private Map<String, Object> properties = Map.of();
    private Candidate candidate;
    private String nameTakenBy = "";
    private boolean gone;
    private volatile String type = "?";
    private volatile String bundle = "";
    private volatile boolean wantsSecret;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile Session session;
    private volatile InstanceConfiguration configuration;

    Instance(String name, String pid, Surroundings surroundings) {
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
    }

    String name() {
        return name;
    }

    String pid() {
        return pid;
    }

    /** Starts with a configuration and the bundle that serves it, if there is one. */
    void begin(Map<String, Object> first, Candidate server) {
        settle(
                "it starts",
                () -> {
                    properties = Map.copyOf(first);
                    serveBy(server);
                });
    }

    /** The configuration has changed. */
    void configure(Map<String, Object> changed) {
        settle("its configuration changed", () -> properties = Map.copyOf(changed));
    }

    /** The bundle that serves the instance is another one now, or none. */
    void serve(Candidate changed, String reason) {
        settle(reason, () -> serveBy(changed));
    }

    private void serveBy(Candidate server) {
        candidate = server;
        if (server != null) {
            type = server.descriptor().type();
            wantsSecret = server.descriptor().accountSecret();
        }
    }

    /** Tells whether another instance owns the name; an empty text says that none does. */
    void nameTakenBy(String otherPid) {
        life.lock();
        try {
            if (!nameTakenBy.equals(otherPid)) {
                settle("its name was given or taken", () -> nameTakenBy = otherPid);
            }
        } finally {
            life.unlock();
        }
    }

    /** The configuration is gone. */
    void remove() {
        settle("its configuration was removed", () -> gone = true);
    }

    /** Opens the connector again after trouble that only that can mend. */
    void reopen(Session failed, String reason) {
        life.lock();
        try {
            if (session == failed && !gone) {
                settle(reason, () -> {});
            }
        } finally {
            life.unlock();
        }
    }

    boolean isServedBy(Candidate other) {
        life.lock();
        try {
            return Objects.equals(other, candidate);
        } finally {
            life.unlock();
        }
    }

    private void settle(String reason, Runnable change) {
        life.lock();
        try {
            Session old = session;
            if (old != null) {
                supervision.enter(Phase.DRAINING, reason);
                session = null;
                old.close(reason);
            }
            change.run();
            start();
        } finally {
            life.unlock();
        }
    }

    private void start() {
        bundle = candidate == null ? "" : candidate.bundle();
        configuration = null;
        if (gone) {
            supervision.enter(Phase.NO_BUNDLE, "its configuration was removed");
        } else if (!NAME.matcher(name).matches()) {
            supervision.enter(
                    Phase.INVALID,
                    "the name '" + name + "' has characters other than A-Z, a-z, 0-9, _, . and -");
        } else if (!nameTakenBy.isEmpty()) {
            supervision.enter(
                    Phase.INVALID,
                    "the name "
                            + name
                            + " belongs to "
                            + nameTakenBy
                            + " already; give one of the two configuration files another name");
        } else if (candidate == null) {
            supervision.enter(Phase.NO_BUNDLE, "no bundle serves it; put its jar into deploy/");
        } else {
            open();
        }
    }

    private void open() {
        Opening.Result result =
                new Opening(name, surroundings, supervision).open(candidate, properties);
        if (result instanceof Opening.Opened opened) {
            configuration = opened.configuration();
            session = opened.session();
            supervision.opened();
            subscribe(opened.session());
            if (!wantsSecret) {
                long number = opened.session().number();
                surroundings.upkeep().whenIdle(() -> look(number));
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
                                if (session == fresh) {
                                    surroundings.upkeep().later(() -> subscribe(fresh));
                                }
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
    }

    /** Calls a capability on the instance's lane. */
    <C, R> R call(Class<C> capability, Call<C, R> call)
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
            R result = current.call(capability, call);
            if (session == current) {
                supervision.succeeded();
            }
            return result;
        } catch (ConnectorException e) {
            failed(current, e);
            throw e;
        }
    }

    private void failed(Session current, ConnectorException e) {
        state.failures.incrementAndGet();
        if (session == current) {
            supervision.failed(e);
            lookAgain(current);
        }
        if (current.stuck()) {
            surroundings.upkeep().soon(() -> reopen(current, "a call did not end"));
        }
    }

    /** An instance in trouble that nobody calls would stay in it for ever. */
    private void lookAgain(Session current) {
        if (state.now().phase() == Phase.OFFLINE && looking.compareAndSet(false, true)) {
            // what waits must not keep the connector of a bundle that goes away
            long number = current.number();
            surroundings
                    .upkeep()
                    .whenIdle(
                            () -> {
                                looking.set(false);
                                look(number);
                            });
        }
    }

    /** Tests an instance that was not used yet, or whose last call failed. */
    private void look(long number) {
        Session current = session;
        Phase before = state.now().phase();
        boolean idle = before == Phase.READY || before == Phase.OFFLINE;
        if (current == null || current.number() != number || !idle || isPaused()) {
            return;
        }
        try {
            if (supervision.mayLook()) {
                Optional<Finding> error =
                        current.test().stream()
                                .filter(f -> f.severity() == Finding.Severity.ERROR)
                                .findFirst();
                if (session != current || state.now().phase() != before) {
                    return;
                }
                if (error.isPresent()) {
                    supervision.enter(
                            Phase.OFFLINE, error.get().subject() + " " + error.get().text());
                } else if (before == Phase.OFFLINE) {
                    supervision.succeeded();
                }
            }
        } catch (ConnectorException e) {
            if (session == current) {
                supervision.failed(e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        lookAgain(current);
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
        if (inOrder && session != null && state.now().phase() != Phase.ONLINE) {
            supervision.succeeded();
        }
    }

    private Session present() throws ConnectorException {
        Session current = session;
        if (current == null) {
            InstanceState.Moment now = state.now();
            throw unreachable("it is " + now.phase().inWords() + ": " + now.detail());
        }
        return current;
    }

    private ConnectorException unreachable(String reason) {
        return new ConnectorException(
                Kind.UNREACHABLE, "connector " + name + " was not called: " + reason);
    }

    boolean has(Class<?> capability) {
        Session current = session;
        return current != null && current.has(capability);
    }

    Map<String, String> settings() {
        InstanceConfiguration current = configuration;
        return current == null ? Map.of() : current.texts();
    }

    long session() {
        Session current = session;
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

    /** Whether the connector's type signs in with a secret; false if no bundle ever served it. */
    boolean wantsSecret() {
        return wantsSecret;
    }

    long lateReports() {
        return state.lateReports.get();
    }

    private String detail(InstanceState.Moment now) {
        return isPaused() ? now.detail() + "; besides, an operator paused it" : now.detail();
    }

    ConnectorStatus status() {
        InstanceState.Moment now = state.now();
        Session current = session;
        boolean showPaused = current != null && isPaused();
        return new ConnectorStatus(
                name,
                type,
                showPaused ? Phase.PAUSED : now.phase(),
                showPaused ? "connector:resume " + name + " continues" : detail(now),
                now.since(),
                current == null ? Set.of() : current.capabilityNames(),
                bundle,
                state.calls.get(),
                state.failures.get(),
                state.badRecords.get());
    }
}
