/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.keyset;

import io.passbridge.crypto.Cryptography;
import io.passbridge.hash.module.PlatformCryptography;
import io.passbridge.keys.act.KeyEvents;
import io.passbridge.keys.act.Patience;
import io.passbridge.keys.file.DiskFolder;
import io.passbridge.keys.file.KeySetFile;
import io.passbridge.keys.keeper.KeySetKeeper;
import io.passbridge.keys.keeper.Protectors;
import io.passbridge.keys.keeper.Reprotection;
import io.passbridge.keys.keeper.ValueSealing;
import io.passbridge.keys.owner.Owners;
import io.passbridge.keys.sealed.ValueCipher;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** A process that changes its key set until it is killed, and tells what is done. */
final class Victim {
    final KeySetKeeper keeper;
    private final Reprotection reprotection;
    private final LifeCycleService lifeCycle;

    Victim(Path folder) throws Exception {
        Cryptography cryptography = new PlatformCryptography();
        Protectors protectors = new Protectors();
        protectors.add(FakeProtector.inFile("passphrase", folder.resolve("place")));
        KeyEvents events = new KeyEvents(new Patience(Duration.ZERO));
        events.journal(new FakeJournal());
        Owners owners = new Owners(new Patience(Duration.ZERO));
        owners.add(new FakeOwner());
        keeper =
                new KeySetKeeper(
                        new KeySetFile(new DiskFolder(folder.resolve("keys")), cryptography),
                        protectors,
                        events,
                        cryptography,
                        Clock.systemUTC(),
                        "passphrase",
                        keySet -> {});
        Parts parts =
                new Parts(
                        keeper,
                        new ValueSealing(keeper, new ValueCipher(cryptography)),
                        owners,
                        events,
                        protectors,
                        () -> {});
        reprotection = new Reprotection(keeper, protectors, events);
        lifeCycle = LifeCycleService.of(parts);
        keeper.unlock(Optional.empty());
    }

    private void work() throws Exception {
        for (int round = 0; ; round++) {
            int key = lifeCycle.add("victim", false).id();
            tell(key);
            lifeCycle.disable("victim", key - 1);
            tell(key);
            reprotection.changePassword("victim", Server.secret("password " + round));
            tell(key);
            lifeCycle.destroy("victim", key - 1);
            tell(key);
        }
    }

    private static void tell(int primary) {
        System.out.println(primary);
        System.out.flush();
    }

    public static void main(String[] arguments) throws Exception {
        new Victim(Path.of(arguments[0])).work();
    }
}
