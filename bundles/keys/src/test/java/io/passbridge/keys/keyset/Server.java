/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.keyset;

import io.passbridge.credential.Secret;
import io.passbridge.crypto.Cryptography;
import io.passbridge.hash.module.PlatformCryptography;
import io.passbridge.keys.Binding;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.act.KeyEvents;
import io.passbridge.keys.act.Patience;
import io.passbridge.keys.file.KeySetFile;
import io.passbridge.keys.keeper.KeySetKeeper;
import io.passbridge.keys.keeper.Protectors;
import io.passbridge.keys.keeper.Reprotection;
import io.passbridge.keys.keeper.ValueSealing;
import io.passbridge.keys.owner.Owners;
import io.passbridge.keys.ring.KeySet;
import io.passbridge.keys.sealed.ValueCipher;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** A server's key set with everything around it replaced. One instance is one process. */
public final class Server {
    public static final Binding BINDING = new Binding("account", "connector corp", "secret");

    public final FaultyFolder folder;
    public final FakeProtector protector;
    public final FakeJournal journal;
    public final Protectors protectors = new Protectors();
    public final KeyEvents events = new KeyEvents(new Patience(Duration.ZERO));
    public final KeySetKeeper keeper;
    public final ValueSealing sealing;
    public final Reprotection reprotection;
    public final FakeOwner owner;
    public final Owners owners = new Owners(new Patience(Duration.ZERO));
    public final Parts parts;
    public final LifeCycleService lifeCycle;

    /** Told of each generation that is written. */
    Consumer<KeySet> written = keySet -> {};

    public Server() {
        this(
                new FaultyFolder(),
                new FakeProtector("passphrase", null),
                new FakeJournal(),
                new FakeOwner());
    }

    private Server(
            FaultyFolder folder, FakeProtector protector, FakeJournal journal, FakeOwner owner) {
        this.owner = owner;
        owners.add(owner);
        this.folder = folder;
        this.protector = protector;
        this.journal = journal;
        Cryptography cryptography = new PlatformCryptography();
        protectors.add(protector);
        events.journal(journal);
        keeper =
                new KeySetKeeper(
                        new KeySetFile(folder, cryptography),
                        protectors,
                        events,
                        cryptography,
                        Clock.systemUTC(),
                        "passphrase",
                        keySet -> written.accept(keySet));
        sealing = new ValueSealing(keeper, new ValueCipher(cryptography));
        parts = new Parts(keeper, sealing, owners, events, protectors, () -> {});
        lifeCycle = LifeCycleService.of(parts);
        reprotection = new Reprotection(keeper, protectors, events);
    }

    /** A server whose key set is open. */
    public static Server started() throws Exception {
        Server server = new Server();
        server.keeper.unlock(Optional.empty());
        return server;
    }

    /** The same disk, journal and password place, found by a new process, still locked. */
    public Server restarted() {
        return new Server(folder.afterRestart(), protector, journal, owner);
    }

    /** Another server on the same store, with a disk and a password of its own. */
    public Server beside() throws Exception {
        Server other =
                new Server(
                        new FaultyFolder(),
                        new FakeProtector("passphrase", "of the other server"),
                        new FakeJournal(),
                        owner);
        other.keeper.unlock(Optional.empty());
        return other;
    }

    /** Stores a sealed secret. */
    public void store(String instance, String text) throws Exception {
        owner.values.put(instance, sealing.seal(secret(text), FakeOwner.binding(instance)));
    }

    /** Whether a stored secret opens and is what it was. */
    public boolean holds(String instance, String text) {
        try (Secret opened =
                sealing.open(owner.values.get(instance), FakeOwner.binding(instance))) {
            return opened.sameAs(secret(text));
        } catch (KeyException e) {
            return false;
        }
    }

    public static Secret secret(String text) {
        return Secret.owning(text.getBytes(StandardCharsets.UTF_8));
    }
}
