/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.recovery;

import io.passbridge.credential.Secret;
import io.passbridge.crypto.Cryptography;
import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyRecovery;
import io.passbridge.keys.SealedValueOwner;
import io.passbridge.keys.act.Patience;
import io.passbridge.keys.file.DiskFolder;
import io.passbridge.keys.file.KeySetFolder;
import io.passbridge.keys.file.Previous;
import io.passbridge.keys.keeper.KeySetKeeper.Plan;
import io.passbridge.keys.keyset.KeySetComponent;
import io.passbridge.keys.keyset.Parts;
import io.passbridge.keys.owner.Lease;
import io.passbridge.store.ServerId;
import io.passbridge.store.WriterLease;
import java.nio.file.Path;
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
    private final ExportRun export;
    private final Lease lease;
    private final Activation activation;
    private final Abandoning abandoning;
    private final DrillRun drill;

    @Activate
    public RecoveryService(@Reference KeySetComponent core, BundleContext context) {
        this(
                core.parts(),
                core.cryptography(),
                data(context),
                DiskFolder::new,
                new Patience(Duration.ofSeconds(15)));
    }

    RecoveryService(
            Parts parts,
            Cryptography cryptography,
            Path data,
            Function<Path, KeySetFolder> folders,
            Patience patience) {
        this.parts = parts;
        files = new ExportFiles(parts.protectors(), cryptography, folders);
        export =
                new ExportRun(
                        parts,
                        files,
                        new Escrow(cryptography, folders),
                        new UnfinishedExport(data, folders, parts.events()));
        lease = new Lease(new ServerId(data), patience);
        activation = new Activation(parts, lease);
        abandoning = new Abandoning(parts, lease);
        drill = new DrillRun(parts, cryptography);
        export.settle();
    }

    static Path data(BundleContext context) {
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
        return export.run(actor, file, password);
    }

    @Override
    public SharedExport exportShared(String actor, Path file, int needed, int shares)
            throws KeyException {
        return export.runShared(actor, file, needed, shares);
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
                            Previous.KEPT,
                            now ->
                                    new Plan(
                                            "key set " + now.keySet().id(),
                                            Map.of(
                                                    Fact.FILE,
                                                    file.toString(),
                                                    Fact.OPENING,
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
        lease.requireNoOther("keys:abandon");
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
