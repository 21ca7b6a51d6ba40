/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision.platform;

import io.passbridge.connector.host.ConnectorListener;
import io.passbridge.connector.supervision.MemoryAccounts;
import io.passbridge.connector.supervision.MemoryJournal;
import io.passbridge.connector.supervision.PlainSealing;
import io.passbridge.credential.LegacyPolicy;
import io.passbridge.credential.PasswordVerifier;
import io.passbridge.event.Journal;
import io.passbridge.keys.Sealing;
import io.passbridge.store.AccountSecrets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A platform whose parts a test takes away and puts back. */
public final class FakeHostServices implements HostServices {
    public final MemoryJournal memoryJournal = new MemoryJournal();
    public final MemoryAccounts memoryAccounts = new MemoryAccounts();
    public final PlainSealing plainSealing = new PlainSealing();
    public final List<ConnectorListener> listeners = new CopyOnWriteArrayList<>();
    public final List<PasswordVerifier> verifiers = new CopyOnWriteArrayList<>();
    final Path home;
    volatile Optional<Journal> journal = Optional.of(memoryJournal);
    volatile Optional<AccountSecrets> accounts = Optional.of(memoryAccounts);
    volatile Optional<Sealing> sealing = Optional.of(plainSealing);
    volatile Limits limits =
            new Limits(
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(20));

    public FakeHostServices(Path home) {
        this.home = home;
    }

    /** Makes the longest run of a call and of draining short. */
    public void impatient() {
        limits =
                new Limits(
                        Duration.ofMillis(150),
                        Duration.ofMillis(150),
                        Duration.ofMillis(150),
                        Duration.ofSeconds(10),
                        Duration.ofMillis(300));
    }

    @Override
    public Optional<Journal> journal() {
        return journal;
    }

    @Override
    public Optional<AccountSecrets> accounts() {
        return accounts;
    }

    @Override
    public Optional<Sealing> sealing() {
        return sealing;
    }

    @Override
    public Optional<LegacyPolicy> legacyPolicy() {
        return Optional.empty();
    }

    @Override
    public List<PasswordVerifier> verifiers() {
        return verifiers;
    }

    @Override
    public List<ConnectorListener> listeners() {
        return listeners;
    }

    @Override
    public Path home() {
        return home;
    }

    @Override
    public Path data() {
        return home.resolve("data");
    }

    @Override
    public Clock clock() {
        return Clock.systemUTC();
    }

    @Override
    public Limits limits() {
        return limits;
    }

    @Override
    public boolean stopping() {
        return false;
    }
}
