/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.recovery;

import io.passbridge.credential.Secret;
import io.passbridge.crypto.Cryptography;
import io.passbridge.keys.Binding;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import io.passbridge.keys.KeyRecovery.Drill;
import io.passbridge.keys.SealedValue;
import io.passbridge.keys.file.DiskFolder;
import io.passbridge.keys.file.KeySetFile;
import io.passbridge.keys.file.Previous;
import io.passbridge.keys.file.ProtectedKeySet;
import io.passbridge.keys.keeper.KeySetKeeper;
import io.passbridge.keys.keeper.KeySetState.Open;
import io.passbridge.keys.keeper.ValueSealing;
import io.passbridge.keys.keyset.Parts;
import io.passbridge.keys.owner.Owners;
import io.passbridge.keys.ring.KeyRing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Rehearses a restore in a folder that is thrown away. */
final class DrillRun {
    private static final Binding CANARY = new Binding("drill", "canary", "secret");

    private final KeySetKeeper keeper;
    private final ValueSealing sealing;
    private final Owners owners;
    private final Cryptography cryptography;

    DrillRun(Parts parts, Cryptography cryptography) {
        keeper = parts.keeper();
        sealing = parts.sealing();
        owners = parts.owners();
        this.cryptography = cryptography;
    }

    Drill run(ExportFiles.Opened export) throws KeyException {
        Open present = keeper.open();
        try (Secret canary = keeper.newKey();
                Secret root = keeper.newKey()) {
            SealedValue sealed = sealing.seal(present, canary, CANARY);
            KeyRing ring = restored(export, root);
            try {
                Open restored = new Open(export.keySet(), ring, root, 0);
                openCanary(restored, sealed, canary);
                long[] counts = {0, 0};
                owners.visit(
                        (owner, item) -> {
                            counts[0]++;
                            try {
                                sealing.open(restored, item.value(), item.binding()).close();
                                counts[1]++;
                            } catch (KeyException e) {
                                // counted as one that does not open
                            }
                        });
                return new Drill(export.export(), true, counts[0], counts[1]);
            } finally {
                ring.wipe();
            }
        }
    }

    private void openCanary(Open restored, SealedValue sealed, Secret canary) throws KeyException {
        try (Secret again = sealing.open(restored, sealed, CANARY)) {
            if (!again.sameAs(canary)) {
                throw new KeyException(Kind.REFUSED, "the canary came out changed");
            }
        } catch (KeyException e) {
            throw new KeyException(
                    e.kind(),
                    "the drill failed: a value that this server seals now does not open with the"
                            + " export ("
                            + e.getMessage()
                            + "); export the key set again",
                    e);
        }
    }

    /** The keys after they went through a server's key-set file on disk. */
    private KeyRing restored(ExportFiles.Opened export, Secret root) throws KeyException {
        Path folder = null;
        try {
            folder = Files.createTempDirectory("passbridge-drill");
            KeySetFile file = new KeySetFile(new DiskFolder(folder), cryptography);
            file.replace(
                    export.keySet().withSlots(List.of(keeper.ownSlot(export.keySet().id(), root))),
                    export.ring(),
                    root,
                    Previous.KEPT);
            ProtectedKeySet again =
                    file.load()
                            .orElseThrow(
                                    () -> new KeyException(Kind.IO, "the drill's key set is gone"));
            return again.open(root, cryptography.module());
        } catch (IOException e) {
            throw new KeyException(
                    Kind.IO, "no folder for the drill could be made: " + e.getMessage(), e);
        } finally {
            if (folder != null) {
                remove(folder);
            }
        }
    }

    private static void remove(Path folder) throws KeyException {
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(
                    file -> {
                        try {
                            Files.delete(file);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
            Files.delete(folder);
        } catch (IOException | UncheckedIOException e) {
            throw new KeyException(
                    Kind.IO,
                    "remove the drill's folder " + folder + " by hand: " + e.getMessage(),
                    e);
        }
    }
}
