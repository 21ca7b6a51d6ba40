/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.recovery;

import io.passbridge.credential.Secret;
import io.passbridge.event.EventType;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import io.passbridge.keys.KeyRecovery;
import io.passbridge.keys.SealedValueOwner;
import io.passbridge.keys.file.DiskFolder;
import io.passbridge.keys.file.KeySetFolder;
import io.passbridge.keys.keyset.KeySet;
import io.passbridge.keys.keyset.KeySetCore;
import io.passbridge.keys.keyset.KeySetKeeper.Plan;
import io.passbridge.keys.keyset.KeySetState.Open;
import io.passbridge.keys.keyset.Parts;
import io.passbridge.keys.keyset.Patience;
import io.passbridge.store.WriterLease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Offers export, activation, drill and abandonment. */
@Component(service = KeyRecovery.class, immediate = true)
public final class RecoveryService implements KeyRecovery {
    private static final Logger LOG = LoggerFactory.getLogger(RecoveryService.class);

    private final Parts parts;
    private final ExportFiles files;
    private final Escrow escrow;
    private final Lease lease;
    private final Activation activation;
    private final Abandoning abandoning;
    private final DrillRun drill;

    @Activate
    public RecoveryService(@Reference KeySetCore core, BundleContext context) {
        this(
                core.parts(),
                new SecureRandom(),
                data(context),
                DiskFolder::new,
                new Patience(Duration.ofSeconds(15)));
    }

    RecoveryService(
            Parts parts,
            SecureRandom random,
            Path data,
            Function<Path, KeySetFolder> folders,
            Patience patience) {
        this.parts = parts;
        files = new ExportFiles(parts.protectors(), random, folders);
        escrow = new Escrow(random, folders);
        lease = new Lease(new ServerId(data), patience);
        activation = new Activation(parts, lease);
        abandoning = new Abandoning(parts);
        drill = new DrillRun(parts, random);
    }

    private static Path data(BundleContext context) {
        String data = context.getProperty("passbridge.data");
        return Path.of(data == null ? "data" : data);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void setLease(WriterLease present) {
        lease.set(present);
    }

    void unsetLease(WriterLease gone) {
        lease.unset(gone);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addOwner(SealedValueOwner owner) {
        try {
            abandoning.finishInterrupted();
        } catch (KeyException e) {
            LOG.warn("an interrupted keys:abandon is not finished yet: {}", e.getMessage());
        }
    }

    void removeOwner(SealedValueOwner owner) {
        // nothing is kept of it here
    }

    @Override
    public Export export(String actor, Path file, Secret password) throws KeyException {
        files.check(file, password);
        return parts.keeper().exclusively(() -> exportNow(actor, file, password));
    }

    private Export exportNow(String actor, Path file, Secret password) throws KeyException {
        Open open = parts.keeper().open();
        String subject = "key set " + open.keySet().id();
        parts.events()
                .about(EventType.KEYS_EXPORTED, subject, actor, Map.of("file", file.toString()));
        try {
            KeySet dated = open.keySet().withExported(parts.keeper().now());
            Export export = files.write(open, dated, file, password);
            record(open.with(dated, open.ring()), file);
            return export;
        } catch (KeyException e) {
            parts.events().failed(EventType.KEYS_EXPORTED, subject, actor, e);
            throw e;
        }
    }

    private void record(Open dated, Path file) throws KeyException {
        try {
            parts.keeper().store(dated, false);
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

    @Override
    public SharedExport exportShared(String actor, Path file, int needed, int shares)
            throws KeyException {
        Escrow.check(file, needed, shares);
        try (Secret secret = escrow.secret();
                Secret password = Escrow.password(secret)) {
            files.check(file, password);
            parts.keeper().open();
            List<Path> written = escrow.write(file, secret, needed, shares);
            try (Secret again = Escrow.combine(written.subList(0, needed))) {
                if (!again.sameAs(password)) {
                    throw new KeyException(Kind.IO, "the shares do not give the password again");
                }
                return new SharedExport(export(actor, file, password), written, needed);
            } catch (KeyException e) {
                remove(written);
                throw e;
            }
        }
    }

    private static void remove(List<Path> shares) {
        for (Path share : shares) {
            try {
                Files.deleteIfExists(share);
            } catch (IOException e) {
                LOG.warn("remove the useless share {} by hand: {}", share, e.getMessage());
            }
        }
    }

    @Override
    public Secret combine(List<Path> shares) throws KeyException {
        return Escrow.combine(shares);
    }

    @Override
    public Export inspect(Path file, Optional<Secret> password) throws KeyException {
        if (password.isEmpty()) {
            return files.look(file);
        }
        ExportFiles.Opened opened = files.open(file, password.get());
        opened.ring().wipe();
        return opened.export();
    }

    @Override
    public ActivationPlan plan(Path file, Secret password) throws KeyException {
        ExportFiles.Opened opened = files.open(file, password);
        try {
            return activation.plan(opened);
        } finally {
            opened.ring().wipe();
        }
    }

    @Override
    public ActivationPlan activate(String actor, Path file, Secret password, boolean anyway)
            throws KeyException {
        ExportFiles.Opened opened = files.open(file, password);
        try {
            return activation.run(actor, opened, anyway);
        } catch (KeyException e) {
            opened.ring().wipe();
            throw e;
        } finally {
            parts.changed().run();
        }
    }

    @Override
    public Drill drill(String actor, Path file, Secret password) throws KeyException {
        ExportFiles.Opened opened = files.open(file, password);
        try {
            Drill result = drill.run(opened);
            parts.keeper()
                    .change(
                            EventType.KEYS_DRILLED,
                            actor,
                            false,
                            now ->
                                    new Plan(
                                            "key set " + now.keySet().id(),
                                            Map.of(
                                                    "file",
                                                    file.toString(),
                                                    "opening",
                                                    result.opening() + " of " + result.values()),
                                            now.with(
                                                    now.keySet().withDrilled(parts.keeper().now()),
                                                    now.ring())));
            return result;
        } finally {
            opened.ring().wipe();
        }
    }

    @Override
    public Abandonment planAbandonment() throws KeyException {
        return abandoning.plan();
    }

    @Override
    public Abandonment abandon(String actor, String keySetId) throws KeyException {
        try {
            return abandoning.run(actor, keySetId);
        } finally {
            parts.changed().run();
        }
    }
}
