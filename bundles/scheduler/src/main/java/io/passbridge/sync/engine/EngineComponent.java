/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import io.passbridge.keys.Unlocked;
import io.passbridge.store.WriterLease;
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
        immediate = true,
        service = {},
        configurationPid = SchedulerConfiguration.PID)
@Designate(ocd = SchedulerConfiguration.class)
public final class EngineComponent {
    private final RouteBoard board;
    private final Engine engine;

    @Activate
    public EngineComponent(
            SchedulerConfiguration configuration,
            @Reference Unlocked unlocked,
            @Reference WriterLease lease,
            @Reference RouteBoard board) {
        this.board = board;
        int asked = configuration.digestThreads();
        this.engine =
                new Engine(
                        board.platform(),
                        lease,
                        board.pauses(),
                        board.folder().serverId(),
                        Duration.ofSeconds(
                                Math.max(4, Math.min(600, configuration.leaseSeconds()))),
                        asked > 0 ? asked : Runtime.getRuntime().availableProcessors());
        board.attach(engine);
    }

    @Deactivate
    void stop() {
        board.detach(engine);
        engine.close();
    }
}
