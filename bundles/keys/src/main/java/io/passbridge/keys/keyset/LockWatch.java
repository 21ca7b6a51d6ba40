/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.keyset;

import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.keys.Binding;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import io.passbridge.keys.Unlocked;
import io.passbridge.keys.act.KeyEvents;
import io.passbridge.keys.keeper.KeySetKeeper;
import io.passbridge.keys.keeper.KeySetState;
import io.passbridge.keys.keeper.KeySetState.Locked;
import io.passbridge.keys.keeper.KeySetState.Open;
import io.passbridge.keys.keeper.StatusReport;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.ServiceRegistration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the platform whether the key set is open: the marker service {@link Unlocked}, event 6028,
 * the log. What is merely not started yet is no event: while the framework starts, the watch waits
 * for the end of the start before it reports a protector missing, and then for as long as a store
 * may take to open.
 */
// registered by hand, while it can be used
@Capability(
        namespace = "osgi.service",
        attribute = "objectClass:List<String>=\"io.passbridge.keys.Unlocked\"",
        effective = "active")
final class LockWatch implements FrameworkListener {
    private static final Logger LOG = LoggerFactory.getLogger(LockWatch.class);
    private static final Duration REFUSAL_INTERVAL = Duration.ofHours(1);
    private static final int MAX_REFUSALS = 1_000;
    private static final Duration STORE_OPENS = Duration.ofSeconds(30);

    private final BundleContext context;
    private final KeySetKeeper keeper;
    private final KeyEvents events;
    private final Map<Binding, Instant> refusals = new LinkedHashMap<>();
    private ServiceRegistration<Unlocked> marker;
    private String markedId = "";
    private String reported = "";
    private Instant awaitsStoreUntil;
    private boolean stopped;

    LockWatch(BundleContext context, KeySetKeeper keeper, KeyEvents events) {
        this.context = context;
        this.keeper = keeper;
        this.events = events;
        context.addFrameworkListener(this);
    }

    /** Brings marker, journal and log in line with the state. */
    synchronized void update() {
        if (stopped) {
            return;
        }
        KeySetState state = keeper.state();
        if (state instanceof Open open) {
            reported = "";
            awaitsStoreUntil = null;
            events.forget(EventType.KEYS_INACCESSIBLE);
            String id = open.keySet().id().toString();
            if (!id.equals(markedId)) {
                unmark();
                markedId = id;
                marker = context.registerService(Unlocked.class, () -> id, null);
                LOG.info(
                        "key set {} is unlocked, primary key {}", id, open.keySet().primary().id());
            }
            return;
        }
        unmark();
        KeyException reason = ((Locked) state).reason();
        boolean mayCome =
                reason.kind() == Kind.PROTECTOR_MISSING || reason.kind() == Kind.AWAITS_STORE;
        if (mayCome && starting() || reason.kind() == Kind.AWAITS_STORE && storeMayOpen()) {
            return;
        }
        if (!reported.equals(reason.getMessage())) {
            reported = reason.getMessage();
            String subject =
                    state.known().map(keySet -> "key set " + keySet.id()).orElse("key set");
            LOG.error(
                    "{} is locked: {}. Remedy: {}",
                    subject,
                    reason.getMessage(),
                    StatusReport.remedy(reason.kind()));
            if (!isShortCommand()) {
                events.happened(
                        EventType.KEYS_INACCESSIBLE,
                        subject,
                        Map.of(
                                Fact.CAUSE,
                                word(reason.kind()),
                                Fact.REASON,
                                reason.getMessage(),
                                Fact.REMEDY,
                                StatusReport.remedy(reason.kind())));
            }
        }
    }

    /** A command on a stopped platform: nobody who counts on the key set is locked out by it. */
    private boolean isShortCommand() {
        return Boolean.parseBoolean(context.getProperty("passbridge.offline"));
    }

    /** The same after somebody locked it, which is journalled already. */
    synchronized void lockedByHand() {
        reported = ((Locked) keeper.state()).reason().getMessage();
        update();
    }

    /** Journals the refusal of a value, once an hour for each. */
    void refused(Binding binding, KeyException why) {
        if (why.kind() == Kind.LOCKED) {
            return;
        }
        synchronized (refusals) {
            Instant now = keeper.now();
            refusals.values().removeIf(at -> at.plus(REFUSAL_INTERVAL).isBefore(now));
            if (refusals.size() >= MAX_REFUSALS || refusals.putIfAbsent(binding, now) != null) {
                return;
            }
        }
        events.happened(
                EventType.SEALED_VALUE_REFUSED,
                binding.owner(),
                Map.of(Fact.CAUSE, word(why.kind()), Fact.REASON, why.getMessage()));
    }

    /** Whether it is too early to call the store missing; the watch looks again when it is not. */
    private boolean storeMayOpen() {
        if (awaitsStoreUntil == null) {
            awaitsStoreUntil = keeper.now().plus(STORE_OPENS);
            CompletableFuture.delayedExecutor(STORE_OPENS.toMillis() + 1, TimeUnit.MILLISECONDS)
                    .execute(this::update);
        }
        return keeper.now().isBefore(awaitsStoreUntil);
    }

    private boolean starting() {
        Bundle system = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
        return system != null && system.getState() == Bundle.STARTING;
    }

    @Override
    public void frameworkEvent(FrameworkEvent event) {
        if (event.getType() == FrameworkEvent.STARTED
                || event.getType() == FrameworkEvent.STARTLEVEL_CHANGED) {
            update();
        }
    }

    private void unmark() {
        if (marker != null) {
            marker.unregister();
            marker = null;
            markedId = "";
        }
    }

    synchronized void stop() {
        stopped = true;
        context.removeFrameworkListener(this);
        unmark();
    }

    private static String word(KeyException.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
