/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.keeper;

import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import io.passbridge.keys.KeySetStatus;
import io.passbridge.keys.keeper.KeySetState.Locked;
import io.passbridge.keys.keeper.KeySetState.Open;
import io.passbridge.keys.ring.KeySet;
import java.util.Optional;

/** The state of the key set in words. */
public final class StatusReport {
    private StatusReport() {}

    public static KeySetStatus of(KeySetState state) {
        return of(state, Optional.empty());
    }

    /**
     * @param unapproved what {@link ProtectionReview} found
     */
    public static KeySetStatus of(KeySetState state, Optional<String> unapproved) {
        if (state instanceof Open open) {
            String remedy = remedy(open);
            return report(
                    open.known(),
                    true,
                    null,
                    text(open) + unapproved.map(text -> "; " + text).orElse(""),
                    remedy.isEmpty() && unapproved.isPresent() ? "keys:passwd" : remedy);
        }
        KeyException reason = ((Locked) state).reason();
        return report(
                state.known(),
                false,
                reason.kind(),
                "locked: " + reason.getMessage(),
                remedy(reason.kind()));
    }

    private static String text(Open open) {
        String unlocked = "unlocked";
        if (open.successor().isPresent()) {
            return unlocked + "; keys:abandon was interrupted, and every value still opens";
        }
        if (open.keySet().slots().size() > 1) {
            return unlocked + "; a changed password is not in its place yet";
        }
        return open.ownSlot() < 0
                ? unlocked + " with a password given by hand, which the next start does not have"
                : unlocked;
    }

    private static String remedy(Open open) {
        if (open.successor().isPresent()) {
            return "keys:abandon again to finish it";
        }
        if (open.keySet().slots().size() > 1) {
            return "put the new password where the protector '"
                    + open.keySet().slots().get(0).protector()
                    + "' finds it, or keys:passwd again";
        }
        return open.ownSlot() < 0
                ? "keys:passwd sets a password and stores it, or mend the protector's own place"
                : "";
    }

    public static String remedy(Kind kind) {
        return switch (kind) {
            case WRONG_PASSWORD ->
                    "keys:unlock with the password the key set was last protected with; if it is"
                            + " lost, keys:activate an export, and at the very last keys:abandon";
            case NO_PASSWORD -> "put the service-account password in its place, or keys:unlock";
            case UNSAFE_FILE ->
                    "give the file to the platform's account with mode 0600, ask who could read"
                            + " it, then keys:unlock";
            case AWAITS_STORE ->
                    "mend the store, of which doctor says what is wrong; the key set is then made"
                            + " by itself";
            case NO_KEY_SET ->
                    "put the folder of the key set back and keys:unlock, or keys:activate an export"
                            + " of the key set that is named; at the very last keys:abandon, after"
                            + " which every account needs a new secret";
            case DAMAGED ->
                    "restore the key-set file from a backup and keys:unlock, or keys:activate an"
                            + " export";
            case OUTDATED ->
                    "put the newest copy of the key-set file back and keys:unlock, or keys:activate"
                            + " the newest export; only if there is neither, name the generation"
                            + " to go on with as acceptGeneration in etc/io.passbridge.keys.cfg";
            case PROTECTOR_MISSING ->
                    "start the protector's bundle, or attach its token: the key set then unlocks"
                            + " by itself";
            case MODULE_REFUSED ->
                    "mend the module, of which fips:status says what is wrong, or end the"
                            + " enforcement of FIPS; then keys:unlock";
            case IO -> "mend the file's owner, mode and disk, then keys:unlock";
            default -> "keys:unlock";
        };
    }

    private static KeySetStatus report(
            Optional<KeySet> known, boolean unlocked, Kind problem, String text, String remedy) {
        return new KeySetStatus(
                unlocked,
                problem,
                text,
                remedy,
                known.map(keySet -> keySet.id().toString()).orElse(""),
                known.map(KeySet::generation).orElse(0L),
                known.map(keySet -> keySet.slots().get(0).protector()).orElse(""),
                known.map(keySet -> keySet.primary().id()).orElse(0),
                known.map(KeySet::created),
                known.map(KeySet::newestKey),
                known.flatMap(KeySet::exported),
                known.flatMap(KeySet::drilled),
                known.map(keySet -> keySet.slots().size() > 1).orElse(false));
    }
}
