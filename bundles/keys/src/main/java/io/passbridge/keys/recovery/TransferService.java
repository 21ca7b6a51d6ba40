/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.recovery;

import io.passbridge.credential.LegacyAlgorithm;
import io.passbridge.credential.LegacyPolicy;
import io.passbridge.credential.LegacyRefusedException;
import io.passbridge.credential.Secret;
import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.health.FileTrouble;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import io.passbridge.keys.KeyInfo;
import io.passbridge.keys.KeyStatus;
import io.passbridge.keys.KeyTransfer;
import io.passbridge.keys.act.Act;
import io.passbridge.keys.file.DiskFolder;
import io.passbridge.keys.file.KeySetFolder;
import io.passbridge.keys.keeper.KeySetState.Open;
import io.passbridge.keys.keyset.KeySetComponent;
import io.passbridge.keys.keyset.LifeCycleService;
import io.passbridge.keys.keyset.Parts;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Offers single keys as PKCS#12 files. */
@Component
public final class TransferService implements KeyTransfer {
    /** Under which an exception is configured. */
    static final String PURPOSE = "transfer a key as PKCS#12";

    private final Parts parts;
    private final LegacyPolicy policy;
    private final LifeCycleService lifeCycle;
    private final Function<Path, KeySetFolder> folders;
    private final UnfinishedExport unfinished;

    @Activate
    public TransferService(
            @Reference KeySetComponent core,
            @Reference LegacyPolicy policy,
            BundleContext context) {
        this(core.parts(), policy, RecoveryService.data(context), DiskFolder::new);
    }

    TransferService(
            Parts parts, LegacyPolicy policy, Path data, Function<Path, KeySetFolder> folders) {
        this.parts = parts;
        this.policy = policy;
        this.folders = folders;
        unfinished = new UnfinishedExport(data, folders, parts.events());
        lifeCycle = LifeCycleService.of(parts);
    }

    @Override
    public void exportKey(String actor, int id, Path file, Secret password) throws KeyException {
        permitted();
        Pkcs12.check(password);
        String subject = "key " + id;
        parts.keeper()
                .exclusively(
                        () -> {
                            Secret key = usable(parts.keeper().open(), id);
                            unfinished.settle();
                            ExportFiles.checkFree(file);
                            unfinished.begin(subject, List.of(file));
                            try {
                                Act act =
                                        parts.events()
                                                .begin(
                                                        EventType.KEYS_EXPORTED,
                                                        subject,
                                                        actor,
                                                        Map.of(
                                                                Fact.FILE,
                                                                file.toString(),
                                                                Fact.FORM,
                                                                "PKCS#12"));
                                announced(act, id, key, file, password);
                            } finally {
                                unfinished.end();
                            }
                            return null;
                        });
    }

    private void permitted() throws KeyException {
        try {
            policy.use(LegacyAlgorithm.PKCS12, PURPOSE);
        } catch (LegacyRefusedException e) {
            throw new KeyException(Kind.NOT_ALLOWED, e.getMessage(), e);
        }
    }

    private void announced(Act act, int id, Secret key, Path file, Secret password)
            throws KeyException {
        try {
            write(id, key, file, password);
            act.done();
        } catch (KeyException e) {
            unfinished.undo(List.of(file));
            act.failed(e);
            throw e;
        }
    }

    private static Secret usable(Open open, int id) throws KeyException {
        KeyInfo key =
                open.keySet()
                        .key(id)
                        .orElseThrow(
                                () -> new KeyException(Kind.UNKNOWN_KEY, "there is no key " + id));
        if (key.status() == KeyStatus.DISABLED || key.status() == KeyStatus.DESTROYED) {
            throw new KeyException(
                    Kind.NOT_ALLOWED,
                    "key " + id + " is disabled or destroyed and is not handed out");
        }
        return open.ring().key(id).orElseThrow();
    }

    private void write(int id, Secret key, Path file, Secret password) throws KeyException {
        Path absolute = file.toAbsolutePath();
        KeySetFolder folder = folders.apply(absolute.getParent());
        String name = absolute.getFileName().toString();
        String part = UnfinishedExport.part(absolute).getFileName().toString();
        try {
            folder.create(part, Pkcs12.write("passbridge-key-" + id, key, password));
            byte[] written = folder.read(part).orElse(new byte[0]);
            try (Secret again = Pkcs12.read(written, name, password)) {
                if (!again.sameAs(key)) {
                    throw new IOException("it does not hold the key that was written to it");
                }
            }
            folder.publish(part, name);
        } catch (IOException | GeneralSecurityException e) {
            throw new KeyException(
                    Kind.IO,
                    "key " + id + " could not be written to " + file + ": " + reason(e),
                    e);
        }
    }

    private static String reason(Exception failure) {
        return failure instanceof IOException trouble
                ? FileTrouble.reason(trouble)
                : failure.getMessage();
    }

    @Override
    public KeyInfo importKey(String actor, Path file, Secret password, boolean pending)
            throws KeyException {
        permitted();
        Path absolute = file.toAbsolutePath();
        ExportFiles.requireFile(absolute);
        byte[] bytes;
        try {
            bytes =
                    new DiskFolder(absolute.getParent())
                            .read(absolute.getFileName().toString())
                            .orElseThrow(
                                    () ->
                                            new KeyException(
                                                    Kind.IO, "there is no file " + absolute));
        } catch (IOException e) {
            throw new KeyException(Kind.IO, file + " cannot be read: " + FileTrouble.reason(e), e);
        }
        Secret key = Pkcs12.read(bytes, file.toString(), password);
        try {
            return lifeCycle.add(actor, pending, key, true);
        } catch (KeyException e) {
            key.close();
            throw e;
        }
    }
}
