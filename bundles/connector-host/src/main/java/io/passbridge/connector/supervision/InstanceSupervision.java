/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.host.ConnectorListener;
import io.passbridge.connector.host.ConnectorStatus.Phase;
import io.passbridge.connector.supervision.platform.EventRecorder;
import io.passbridge.connector.supervision.platform.HostServices;
import io.passbridge.connector.supervision.session.InstanceReports;
import io.passbridge.connector.supervision.session.Upkeep;
import io.passbridge.credential.Redaction;
import io.passbridge.event.Actor;
import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Draws conclusions from what an instance does: its phase, its events, and whom to tell. */
final class InstanceSupervision implements InstanceReports {
    private static final Logger LOG = LoggerFactory.getLogger(InstanceSupervision.class);

    private final String name;
    private final HostServices platform;
    private final Upkeep upkeep;
    private final InstanceState state;
    private final BooleanSupplier paused;
    private final EventRecorder events;
    private volatile Kind trouble;
    private final AtomicBoolean credentialsMissing = new AtomicBoolean();
    private final AtomicBoolean signalPending = new AtomicBoolean();
    private final AtomicBoolean changePending = new AtomicBoolean();

    InstanceSupervision(
            String name,
            HostServices platform,
            Upkeep upkeep,
            InstanceState state,
            BooleanSupplier paused) {
        this.name = name;
        this.platform = platform;
        this.upkeep = upkeep;
        this.state = state;
        this.paused = paused;
        events = new EventRecorder(platform, name);
    }

    EventRecorder events() {
        return events;
    }

    void enter(Phase phase, String detail) {
        String text = Redaction.of(detail);
        Phase before = state.enter(phase, text);
        if (before == phase) {
            return;
        }
        LOG.info("connector {}: {} {}", name, phase, text);
        if (phase == Phase.ONLINE) {
            events.record(EventType.CONNECTOR_ONLINE, Map.of());
        } else if (phase == Phase.OFFLINE) {
            events.record(EventType.CONNECTOR_OFFLINE, Map.of(Fact.REASON, text));
        }
        changed();
    }

    void opened() {
        credentialsMissing.set(false);
        enter(Phase.READY, "");
    }

    void succeeded() {
        trouble = null;
        enter(Phase.ONLINE, "");
    }

    /**
     * Whether the system may be asked again by itself: an account whose secret is refused would be
     * locked out by that, one whose secret is only not to be had here would not.
     */
    boolean mayLook() {
        return credentialsMissing.get() || trouble != Kind.AUTHENTICATION;
    }

    void failed(ConnectorException e) {
        trouble = e.kind();
        switch (e.kind()) {
            case UNREACHABLE, OUTCOME_UNKNOWN, AUTHENTICATION, PERMISSION, CONFIGURATION ->
                    enter(Phase.OFFLINE, e.getMessage());
            case PLUGIN_FAULT -> {
                events.recordLimited(
                        EventType.CONNECTOR_FAULT, Map.of(Fact.REASON, e.getMessage()));
                enter(Phase.OFFLINE, e.getMessage());
            }
            case RATE_LIMITED -> enter(Phase.DEGRADED, e.getMessage());
            // the system answered; what it said concerns one item or position
            case NOT_FOUND, CONFLICT, SCHEME_UNSUPPORTED, REJECTED, WATERMARK_EXPIRED ->
                    succeeded();
        }
    }

    void recordPause(boolean pause) throws ConnectorException {
        events.require(
                pause ? EventType.CONNECTOR_PAUSED : EventType.CONNECTOR_RESUMED,
                pause ? "the pause" : "the resumption",
                Map.of(Fact.ACTOR, Actor.ofThisProcess()));
    }

    /** Tells the listeners that something about the instance is different now. */
    void changed() {
        tell(changePending, listener -> listener.instanceChanged(name));
    }

    /** Calls that come in masses are told once. */
    private void tell(
            AtomicBoolean pending, java.util.function.Consumer<ConnectorListener> message) {
        if (!pending.compareAndSet(false, true)) {
            return;
        }
        upkeep.soon(
                () -> {
                    pending.set(false);
                    for (ConnectorListener listener : platform.listeners()) {
                        try {
                            message.accept(listener);
                        } catch (RuntimeException e) {
                            LOG.warn("a listener failed on connector {}", name, e);
                        }
                    }
                });
    }

    @Override
    public void reachable(boolean reachable, String text) {
        if (reachable) {
            succeeded();
        } else {
            enter(Phase.OFFLINE, text);
        }
    }

    @Override
    public void failedOver(String server, String reason) {
        String text = Redaction.of(reason);
        LOG.warn("connector {} uses {} instead of a preferred server: {}", name, server, text);
        events.recordLimited(
                EventType.PREFERRED_SERVER_FAILED, Map.of(Fact.SERVER, server, Fact.REASON, text));
    }

    @Override
    public void badRecord(String place, String reason) {
        state.badRecords.incrementAndGet();
        events.recordLimited(
                EventType.BAD_RECORD, Map.of(Fact.PLACE, place, Fact.REASON, Redaction.of(reason)));
    }

    @Override
    public void credentials(String refusal) {
        if (refusal == null) {
            credentialsMissing.set(false);
        } else if (credentialsMissing.compareAndSet(false, true)) {
            events.record(EventType.NO_START_CREDENTIALS, Map.of(Fact.REASON, refusal));
        }
    }

    @Override
    public void changesSignalled() {
        if (!paused.getAsBoolean()) {
            tell(signalPending, listener -> listener.changesSignalled(name));
        }
    }

    @Override
    public void late() {
        state.lateReports.incrementAndGet();
    }
}
