/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.administration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.passbridge.store.ServerId;
import io.passbridge.sync.RouteStatus;
import io.passbridge.sync.RouteStatus.Phase;
import io.passbridge.sync.RunRequest;
import io.passbridge.sync.engine.ConnectorSignals;
import io.passbridge.sync.engine.Membership;
import io.passbridge.sync.engine.SyncEngine;
import io.passbridge.sync.route.RouteDefinition;
import io.passbridge.sync.simulation.Bench;
import io.passbridge.sync.simulation.MemoryLeases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An engine over a simulated source, target and store, as the platform wires it. */
abstract class EngineLab {
    static final RunRequest DELTA = new RunRequest(false, false, "anna");
    final Bench bench = new Bench();
    final MemoryLeases lending = new MemoryLeases();
    final ConnectorSignals signals = new ConnectorSignals();
    @TempDir private Path folder;
    SynchronizationService service;
    SyncEngine engine;

    @BeforeEach
    void open() {
        for (int i = 0; i < 20; i++) {
            bench.source.password("user" + i, "first" + i);
        }
        service = newService();
    }

    @AfterEach
    void close() {
        lock();
        bench.close();
    }

    SynchronizationService newService() {
        return new SynchronizationService(
                bench.platform(), lending, new ServerId(folder), null, signals);
    }

    static RouteDefinition route(String... lines) {
        Map<String, String> values = new TreeMap<>(Map.of("source", "corp", "target", "cloud"));
        values.put("digest", "test");
        values.put("cycleSeconds", "3600");
        for (String line : lines) {
            values.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
        }
        values.put("service.pid", "io.passbridge.route~r");
        return new RouteDefinition(Map.copyOf(values));
    }

    String serverId() {
        try {
            return service.serverId().read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void unlock() {
        engine =
                new SyncEngine(
                        service.platform(),
                        lending,
                        service.pauses(),
                        new Membership(serverId(), false, Duration.ofSeconds(1)),
                        2);
        service.attach(engine);
    }

    void lock() {
        if (engine != null) {
            service.detach(engine);
            engine.close();
            engine = null;
        }
    }

    void untilInStep(int users) {
        await().untilAsserted(
                        () -> {
                            assertThat(bench.target.digests).hasSize(users);
                            assertThat(status().phase()).isEqualTo(Phase.IDLE);
                        });
    }

    RouteStatus status() {
        return service.route("r").orElseThrow();
    }
}
