/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.recovery;

import io.passbridge.credential.Secret;
import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyRecovery.Export;
import io.passbridge.keys.KeyRecovery.SharedExport;
import io.passbridge.keys.act.Act;
import io.passbridge.keys.act.KeyEvents;
import io.passbridge.keys.file.Previous;
import io.passbridge.keys.keeper.KeySetKeeper;
import io.passbridge.keys.keeper.KeySetState.Open;
import io.passbridge.keys.keyset.Parts;
import io.passbridge.keys.ring.KeySet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes exports. Everything is written beside its name and opened again first; then the shares get
 * their names, then the export, and only then the key set says when it was exported last.
 */
final class ExportRun {
    private final KeySetKeeper keeper;
    private final KeyEvents events;
    private final ExportFiles files;
    private final Escrow escrow;
    private final UnfinishedExport unfinished;

    ExportRun(Parts parts, ExportFiles files, Escrow escrow, UnfinishedExport unfinished) {
        keeper = parts.keeper();
        events = parts.events();
        this.files = files;
        this.escrow = escrow;
        this.unfinished = unfinished;
    }

    /** Writes the shares of an export's password. */
    @FunctionalInterface
    private interface Shares {
        void prepare() throws KeyException;
    }

    /** Clears up after an export during which the process died. */
    void settle() {
        try {
            keeper.exclusively(
                    () -> {
                        unfinished.settle();
                        return null;
                    });
        } catch (KeyException e) {
            throw new IllegalStateException("settling refuses nothing", e);
        }
    }

    Export run(String actor, Path file, Secret password) throws KeyException {
        return run(actor, file, password, List.of(), () -> {});
    }

    SharedExport runShared(String actor, Path file, int needed, int shares) throws KeyException {
        Escrow.check(file, needed, shares);
        List<Path> shareFiles = Escrow.shareFiles(file, shares);
        try (Secret secret = escrow.secret();
                Secret password = Escrow.password(secret)) {
            Export export =
                    run(
                            actor,
                            file,
                            password,
                            shareFiles,
                            () -> escrow.prepare(shareFiles, secret, needed));
            return new SharedExport(export, shareFiles, needed);
        }
    }

    private Export run(
            String actor, Path file, Secret password, List<Path> shareFiles, Shares shares)
            throws KeyException {
        List<Path> all = new ArrayList<>(List.of(file));
        all.addAll(shareFiles);
        return keeper.exclusively(
                () -> {
                    Open open = keeper.open();
                    unfinished.settle();
                    files.check(file, password);
                    String subject = "key set " + open.keySet().id();
                    unfinished.begin(subject, all);
                    try {
                        Act act =
                                events.begin(
                                        EventType.KEYS_EXPORTED,
                                        subject,
                                        actor,
                                        Map.of(Fact.FILE, file.toString()));
                        return announced(act, open, password, all, shares);
                    } finally {
                        unfinished.end();
                    }
                });
    }

    private Export announced(Act act, Open open, Secret password, List<Path> all, Shares shares)
            throws KeyException {
        Path file = all.get(0);
        try {
            KeySet dated = open.keySet().withExported(keeper.now());
            Export export = write(open, dated, password, all, shares);
            record(open.with(dated, open.ring()), file);
            act.done(Map.of(Fact.FINGERPRINT, export.fingerprint()));
            return export;
        } catch (KeyException e) {
            act.failed(e);
            throw e;
        }
    }

    private Export write(Open open, KeySet keySet, Secret password, List<Path> all, Shares shares)
            throws KeyException {
        try {
            Export export = files.prepare(open, keySet, all.get(0), password);
            shares.prepare();
            for (Path share : all.subList(1, all.size())) {
                files.publish(share);
            }
            files.publish(all.get(0));
            return export;
        } catch (KeyException e) {
            unfinished.undo(all);
            throw e;
        }
    }

    private void record(Open dated, Path file) throws KeyException {
        try {
            keeper.store(dated, Previous.KEPT);
        } catch (KeyException e) {
            throw new KeyException(
                    e.kind(),
                    "the export "
                            + file
                            + " is whole and was checked, but its date could not be recorded: "
                            + e.getMessage(),
                    e);
        }
    }
}
