/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision;

import io.passbridge.connector.AccountSource;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.host.ConnectorStatus;
import io.passbridge.connector.host.ConnectorStatus.Phase;
import io.passbridge.connector.supervision.platform.FakeHostServices;
import io.passbridge.connector.supervision.session.Candidate;
import io.passbridge.connector.supervision.session.Upkeep;
import io.passbridge.credential.Account;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A host with one slot, without a framework. */
final class HostFixture implements AutoCloseable {
    static final String CORP = ScriptedFactory.PID + "~corp";

    final FakeHostServices platform;
    final Upkeep upkeep = new Upkeep(Duration.ofMillis(20));
    final Instances instances = new Instances();
    final HostParts surroundings;
    final FactorySlot slot;

    HostFixture(Path folder) throws IOException {
        platform = new FakeHostServices(folder);
        surroundings =
                new HostParts(
                        platform, upkeep, new PausedInstances(folder.resolve("connectors.paused")));
        slot = new FactorySlot(ScriptedFactory.PID, surroundings, instances);
    }

    /** Offers the factory and configures an instance {@code corp}. */
    Candidate start(ScriptedFactory factory) {
        Candidate candidate = factory.candidate(0, 1);
        slot.offer(candidate);
        slot.updated(CORP, Map.of("file", "people.ldif"));
        return candidate;
    }

    Instance corp() {
        return instances.find("corp").orElseThrow();
    }

    ConnectorStatus status() {
        return corp().status();
    }

    Phase phase() {
        return status().phase();
    }

    List<Account> find(String name) throws ConnectorException, InterruptedException {
        return corp().call(AccountSource.class, source -> source.find(name));
    }

    @Override
    public void close() {
        slot.close();
        upkeep.close();
    }
}
