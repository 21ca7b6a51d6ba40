/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.systemd;

import io.passbridge.health.Pulse;
import io.passbridge.keys.KeySetView;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Speaks to systemd if it started this process as a service that notifies; else does nothing. */
@Component(
        service = {},
        immediate = true)
public final class SystemdNotifier {
    private static final Logger LOG = LoggerFactory.getLogger(SystemdNotifier.class);

    /** The launcher's, up to which it starts everything. */
    private static final String LEVEL = "passbridge.level";

    private final BundleContext context;
    private final Surroundings surroundings;
    private final FrameworkListener starting = this::frameworkChanged;
    private final SynchronousBundleListener stopping = this::bundleChanged;
    private volatile boolean started;
    private volatile Watch watch;
    private volatile Thread thread;

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private final List<Pulse> pulses = new CopyOnWriteArrayList<>();

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile KeySetView keySet;

    @Activate
    public SystemdNotifier(BundleContext context) {
        this.context = context;
        this.surroundings = Surroundings.of(System.getenv()::get, ProcessHandle.current().pid());
    }

    @Activate
    void start() {
        surroundings
                .notifySocket()
                .ifPresent(
                        socket -> {
                            try {
                                begin(new NotifySocket(socket));
                            } catch (IllegalArgumentException e) {
                                LOG.warn("systemd is told nothing: {}", e.getMessage());
                            }
                        });
    }

    private void begin(Notices notices) {
        watch = new Watch(notices, () -> started, this::stalled, this::condition);
        context.addFrameworkListener(starting);
        // where this bundle is started anew
        started = isUp();
        context.addBundleListener(stopping);
        thread = new Thread(this::run, "passbridge-systemd");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                watch.look();
                Thread.sleep(surroundings.pause(watch.isReady()).toMillis());
            }
        } catch (InterruptedException e) {
            LOG.debug("the platform stops", e);
        } catch (RuntimeException | LinkageError e) {
            LOG.error("systemd is told nothing more", e);
        }
    }

    private void frameworkChanged(FrameworkEvent event) {
        if (event.getType() == FrameworkEvent.STARTLEVEL_CHANGED && isUp()) {
            started = true;
        }
    }

    private boolean isUp() {
        String last = context.getProperty(LEVEL);
        return context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION)
                        .adapt(FrameworkStartLevel.class)
                        .getStartLevel()
                >= (last == null ? 1 : Integer.parseInt(last));
    }

    /** Before any bundle is stopped. */
    private void bundleChanged(BundleEvent event) {
        if (event.getType() == BundleEvent.STOPPING && event.getBundle().getBundleId() == 0) {
            stop();
        }
    }

    private Map<String, String> stalled() {
        Map<String, String> stalled = new TreeMap<>();
        pulses.forEach(
                pulse -> pulse.stall().ifPresent(text -> stalled.put(pulse.subject(), text)));
        return stalled;
    }

    private String condition() {
        KeySetView present = keySet;
        return present == null || present.status().unlocked()
                ? "ready"
                : "ready, but no route runs: the key set is locked (passbridge keys status)";
    }

    @Deactivate
    void stop() {
        Thread ending = thread;
        thread = null;
        if (ending != null) {
            ending.interrupt();
            watch.stopping();
            context.removeFrameworkListener(starting);
            context.removeBundleListener(stopping);
        }
    }
}
