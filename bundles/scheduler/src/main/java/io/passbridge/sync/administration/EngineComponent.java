/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.administration;

import io.passbridge.keys.Unlocked;
import io.passbridge.store.RouteLeases;
import io.passbridge.sync.engine.Membership;
import io.passbridge.sync.engine.SyncEngine;
import java.io.IOException;
import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/**
 * There while, and only while, the key set is unlocked: Declarative Services starts and stops it.
 */
@Component(
        name = "io.passbridge.sync.engine.EngineComponent",
        immediate = true,
        service = {},
        configurationPid = SchedulerConfiguration.PID)
@Designate(ocd = SchedulerConfiguration.class)
public final class EngineComponent {
    private final SynchronizationService service;
    private final SyncEngine engine;

    @Activate
    public EngineComponent(
            SchedulerConfiguration configuration,
            @Reference Unlocked unlocked,
            @Reference RouteLeases leases,
            @Reference SynchronizationService service)
            throws IOException {
        this.service = service;
        int asked = configuration.digestThreads();
        this.engine =
                new SyncEngine(
                        service.platform(),
                        leases,
                        service.pauses(),
                        new Membership(
                                service.serverId().read(),
                                configuration.standby(),
                                Duration.ofSeconds(
                                        Math.max(4, Math.min(600, configuration.leaseSeconds())))),
                        asked > 0 ? asked : Runtime.getRuntime().availableProcessors());
        service.attach(engine);
    }

    @Deactivate
    void stop() {
        service.detach(engine);
        engine.close();
    }
}
