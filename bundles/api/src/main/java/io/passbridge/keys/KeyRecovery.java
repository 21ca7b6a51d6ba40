/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys;

import io.passbridge.credential.Secret;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Export of the key set, its restoration, and the rehearsal of it. A service, thread-safe. Acts are
 * journalled before they take effect and refused if they cannot be; all are crash-safe.
 */
@ProviderType
public interface KeyRecovery {
    /**
     * Writes the key set to a new file, sealed under a password, opens it again and compares.
     *
     * @param actor who asks
     * @param file must not exist; its folder must
     * @param password 8 to 1,024 bytes
     */
    Export export(String actor, Path file, Secret password) throws KeyException;

    /**
     * As {@link #export}, sealed under a random password that is split into shares, written beside
     * the file with the suffixes {@code .share-1} and so on.
     *
     * @param needed so many shares open the export, 2 to {@code shares}
     * @param shares so many there are, at most 32
     */
    SharedExport exportShared(String actor, Path file, int needed, int shares) throws KeyException;

    /** The password of an export that was split, put together from its share files. */
    Secret combine(List<Path> shares) throws KeyException;

    /**
     * Reads an export without changing anything.
     *
     * @param password to check it with, or empty to believe what it says in clear
     */
    Export inspect(Path file, Optional<Secret> password) throws KeyException;

    /**
     * What {@link #activate} would do.
     *
     * @throws KeyException if the export does not open
     */
    ActivationPlan plan(Path file, Secret password) throws KeyException;

    /**
     * Puts the key set of an export on this server: fences out another server that holds the
     * writer's lease, protects the key set with this server's protector, and unlocks it.
     *
     * @param actor who asks
     * @param anyway go on although {@link ActivationPlan#objections} has some
     */
    ActivationPlan activate(String actor, Path file, Secret password, boolean anyway)
            throws KeyException;

    /**
     * Rehearses a restore: opens the export, makes a server's key set of it in a throw-away folder,
     * opens that, opens with it a canary that this server sealed now, and every stored value.
     *
     * @param actor who asks
     */
    Drill drill(String actor, Path file, Secret password) throws KeyException;

    /** What will be lost if the key set is abandoned now. */
    Abandonment planAbandonment() throws KeyException;

    /**
     * Makes a new key set in place of the present one. Values that open are sealed anew under it;
     * the others are lost. Everything else that the platform knows stays.
     *
     * @param actor who asks
     * @param keySetId the id of the present key set, as a confirmation; empty if none is readable
     */
    Abandonment abandon(String actor, String keySetId) throws KeyException;

    /**
     * An export.
     *
     * @param file where it is
     * @param checked whether it was opened, so that what follows is true
     * @param keySetId its key set
     * @param generation of the key set
     * @param exported when it was made
     * @param keys its keys
     * @param fingerprint 32 hex digits over the whole file, to compare copies by
     */
    record Export(
            Path file,
            boolean checked,
            String keySetId,
            long generation,
            Instant exported,
            List<KeyInfo> keys,
            String fingerprint) {
        public Export {
            keys = List.copyOf(keys);
        }
    }

    /**
     * An export under a password that nobody knows.
     *
     * @param shares the share files, one for each holder
     * @param needed so many of them open the export
     */
    record SharedExport(Export export, List<Path> shares, int needed) {
        public SharedExport {
            shares = List.copyOf(shares);
        }
    }

    /**
     * What an activation does or would do.
     *
     * @param export what is activated
     * @param present the id of the key set that it replaces; empty if none
     * @param values how many stored values there are
     * @param opening how many of them open with the export
     * @param leaseHolder the other server that holds the writer's lease; empty if none
     * @param objections why it is refused unless the operator insists
     */
    record ActivationPlan(
            Export export,
            String present,
            long values,
            long opening,
            String leaseHolder,
            List<String> objections) {
        public ActivationPlan {
            objections = List.copyOf(objections);
        }
    }

    /**
     * A rehearsed restore that succeeded.
     *
     * @param export what was restored
     * @param canary whether a value of this server opened with it
     * @param values how many stored values there are
     * @param opening how many of them opened with it
     */
    record Drill(Export export, boolean canary, long values, long opening) {}

    /**
     * What abandoning does or would do.
     *
     * @param keySetId the key set that is abandoned; empty if none is readable
     * @param successor the new key set; empty in a plan
     * @param rescued the values that open and go on working, as their bindings say
     * @param lost the values that need a new secret
     */
    record Abandonment(String keySetId, String successor, List<String> rescued, List<String> lost) {
        public Abandonment {
            rescued = List.copyOf(rescued);
            lost = List.copyOf(lost);
        }
    }
}
