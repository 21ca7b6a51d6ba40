/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.keyset;

import io.passbridge.credential.Secret;
import io.passbridge.crypto.CryptographicModule;
import io.passbridge.crypto.Cryptography;
import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.event.Journal;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import io.passbridge.keys.Protector;
import io.passbridge.keys.SealedValueOwner;
import io.passbridge.keys.act.Act;
import io.passbridge.keys.act.KeyEvents;
import io.passbridge.keys.act.Patience;
import io.passbridge.keys.file.DiskFolder;
import io.passbridge.keys.file.KeySetFile;
import io.passbridge.keys.keeper.KeySetKeeper;
import io.passbridge.keys.keeper.KeySetState.Locked;
import io.passbridge.keys.keeper.KeySetState.Open;
import io.passbridge.keys.keeper.Protectors;
import io.passbridge.keys.keeper.ValueSealing;
import io.passbridge.keys.owner.FirstKeySet;
import io.passbridge.keys.owner.InstalledStores;
import io.passbridge.keys.owner.Owners;
import io.passbridge.keys.sealed.ValueCipher;
import io.passbridge.store.KeySetMarks;
import io.passbridge.store.ServerId;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The key set of this server: opens it as soon as its protector is there, and says so. A service
 * within this bundle only; the components beside it offer its parts to others.
 */
@Component(
        name = "io.passbridge.keys.keyset.KeySetComponent",
        configurationPid = KeySetConfiguration.PID,
        immediate = true,
        service = KeySetComponent.class)
@Designate(ocd = KeySetConfiguration.class)
public final class KeySetComponent {
    private static final Duration STORE_OPENS = Duration.ofSeconds(15);

    private final Protectors protectors = new Protectors();
    private final KeyEvents events;
    private final KeySetKeeper keeper;
    private final ValueSealing sealing;
    private final Owners owners = new Owners(new Patience(STORE_OPENS));
    private final LockWatch watch;
    private final GenerationWatch generations;
    private final KeySetConfiguration configuration;
    private final Cryptography cryptography;
    private final Path folder;
    private volatile boolean active;

    @Activate
    public KeySetComponent(
            KeySetConfiguration configuration,
            BundleContext context,
            @Reference Cryptography cryptography) {
        this.configuration = configuration;
        this.cryptography = cryptography;
        folder = folder(configuration, context);
        DiskFolder disk = new DiskFolder(folder);
        events = new KeyEvents(new Patience(STORE_OPENS), Optional.of(disk));
        KeySetFile file = new KeySetFile(disk, cryptography);
        generations =
                new GenerationWatch(
                        events,
                        new ServerId(data(context)),
                        file.describe(),
                        configuration.acceptGeneration());
        keeper =
                new KeySetKeeper(
                        file,
                        protectors,
                        events,
                        cryptography,
                        Clock.systemUTC(),
                        configuration.protector(),
                        generations::written,
                        new FirstKeySet(owners, () -> InstalledStores.any(context), file.describe())
                                ::permit);
        sealing = new ValueSealing(keeper, new ValueCipher(cryptography), events::abandoned);
        watch = new LockWatch(context, keeper, events);
    }

    private static Path folder(KeySetConfiguration configuration, BundleContext context) {
        String name = configuration.folder().isEmpty() ? "keys" : configuration.folder();
        return data(context).resolve(name);
    }

    private static Path data(BundleContext context) {
        String data = context.getProperty("passbridge.data");
        return Path.of(data == null ? "data" : data);
    }

    @Activate
    void start() {
        active = true;
        attempt();
    }

    @Deactivate
    void stop() {
        active = false;
        keeper.close(new KeyException(Kind.LOCKED, "the key set service is stopping"));
        watch.stop();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addProtector(Protector protector) {
        protectors.add(protector);
        if (active && keeper.state() instanceof Locked locked && waitsFor(locked, protector)) {
            attempt();
        }
    }

    void removeProtector(Protector protector) {
        protectors.remove(protector);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void setJournal(Journal journal) {
        events.journal(journal);
    }

    void unsetJournal(Journal journal) {
        events.noJournal(journal);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void setMarks(KeySetMarks marks) {
        generations.marks(marks, keeper);
        if (active) {
            watch.update();
        }
    }

    void unsetMarks(KeySetMarks marks) {
        generations.noMarks(marks);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addOwner(SealedValueOwner owner) {
        owners.add(owner);
        if (active && keeper.state() instanceof Locked locked && awaitsStore(locked)) {
            attempt();
        }
    }

    void removeOwner(SealedValueOwner owner) {
        owners.remove(owner);
    }

    /** The validated module came, for which the key set may have waited. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void setModule(CryptographicModule module) {
        if (active
                && keeper.state() instanceof Locked locked
                && locked.reason().kind() == Kind.MODULE_REFUSED) {
            attempt();
        }
    }

    void unsetModule(CryptographicModule module) {
        // whoever needs it next is refused
    }

    private static boolean awaitsStore(Locked locked) {
        return locked.reason().kind() == Kind.AWAITS_STORE;
    }

    private static boolean waitsFor(Locked locked, Protector protector) {
        return locked.reason().kind() == Kind.PROTECTOR_MISSING
                || locked.known().stream()
                        .flatMap(keySet -> keySet.slots().stream())
                        .anyMatch(slot -> slot.protector().equals(protector.name()));
    }

    private void attempt() {
        try {
            keeper.unlock(Optional.empty());
            generations.review(keeper);
        } catch (KeyException e) {
            // the locked state holds the reason, and the watch reports it
        }
        watch.update();
    }

    /** Opens the key set, and tells the platform. */
    void unlock(String actor, Optional<Secret> password) throws KeyException {
        boolean locked = keeper.state() instanceof Locked;
        boolean mistyped = false;
        try {
            keeper.unlock(password);
            generations.review(keeper);
            if (keeper.state() instanceof Locked outdated) {
                throw outdated.reason();
            }
        } catch (KeyException e) {
            if (password.isPresent()) {
                mistyped = locked;
                events.happened(
                        EventType.KEY_ACT_FAILED,
                        "key set",
                        Act.failure(EventType.KEY_SET_UNLOCKED, actor, e.getMessage()));
            }
            throw e;
        } finally {
            // a password that somebody got wrong is no new cause of being locked
            if (!mistyped) {
                watch.update();
            }
        }
        if (locked && keeper.state() instanceof Open open) {
            events.happened(
                    EventType.KEY_SET_UNLOCKED,
                    "key set " + open.keySet().id(),
                    Map.of(Fact.ACTOR, actor));
        }
    }

    /** Takes the keys out of memory, and tells the platform. */
    void lock(String actor) throws KeyException {
        Open open = keeper.open();
        KeyException reason =
                new KeyException(Kind.LOCKED, actor + " locked it", "keys:unlock opens it again");
        Act act =
                events.begin(
                        EventType.KEYS_INACCESSIBLE,
                        "key set " + open.keySet().id(),
                        actor,
                        Map.of(Fact.REASON, reason.getMessage()));
        keeper.close(reason);
        act.done();
        watch.lockedByHand();
    }

    /** What the components beside this one work with. */
    public Parts parts() {
        return new Parts(keeper, sealing, owners, events, protectors, watch::update);
    }

    /** What computes for the key set. */
    public Cryptography cryptography() {
        return cryptography;
    }

    public KeySetConfiguration configuration() {
        return configuration;
    }

    public Path folder() {
        return folder;
    }

    public GenerationWatch generations() {
        return generations;
    }

    LockWatch watch() {
        return watch;
    }
}
