/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.page;

import io.passbridge.connector.PasswordSource;
import io.passbridge.connector.PasswordUpdate;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.CredentialChange;
import io.passbridge.store.SyncState.UserState;

/**
 * Puts a source's versions into the order in which a target is to take them. Where a version that
 * goes back is a change, as it is of a source that always tells what it holds now, the user's
 * history begins again: the change gets the next epoch. Otherwise it is an old answer and stays
 * older than what is known.
 *
 * @param byReading whether what is read later is newer, whatever its version
 */
public record VersionOrder(boolean byReading) {
    public static VersionOrder of(PasswordSource source) {
        return new VersionOrder(!source.mayLag());
    }

    /**
     * The change with its place in the user's history.
     *
     * @param known what the route last did for this user, or null
     */
    public CredentialChange place(CredentialChange change, UserState known) {
        ChangeVersion version = change.version();
        if (known == null || version.equals(ChangeVersion.NONE)) {
            return change;
        }
        int epoch = known.version().epoch();
        ChangeVersion placed = version.inEpoch(epoch);
        if (byReading && placed.compareTo(known.version()) < 0 && epoch < ChangeVersion.MAX_EPOCH) {
            placed = version.inEpoch(epoch + 1);
        }
        return placed.equals(version) ? change : change.withVersion(placed);
    }

    /**
     * Whether a target that holds something newer of this user is to take this all the same: it
     * remembers a history that the store has lost, or of which a kill kept the store from hearing.
     *
     * @param known what the store holds of this user by now, or null
     */
    boolean overrules(PreparedUser user, UserState known) {
        return byReading
                && user.update().filter(Sealing::sealed).isEmpty()
                && !user.version().equals(ChangeVersion.NONE)
                && (known == null || known.version().compareTo(user.version()) <= 0);
    }

    /** The user some epochs later, as far as there are any. */
    static PreparedUser later(PreparedUser user, int epochs) {
        return new PreparedUser(
                user.anchor(),
                later(user.version(), epochs),
                user.state(),
                user.update().map(update -> later(update, epochs)),
                user.refusal(),
                user.account());
    }

    private static PasswordUpdate later(PasswordUpdate update, int epochs) {
        return new PasswordUpdate(
                update.anchor(),
                later(update.version(), epochs),
                update.changedAt(),
                update.state(),
                update.digest());
    }

    private static ChangeVersion later(ChangeVersion version, int epochs) {
        return version.inEpoch(Math.min(ChangeVersion.MAX_EPOCH, version.epoch() + epochs));
    }
}
