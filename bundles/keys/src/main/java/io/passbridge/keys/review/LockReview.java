/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.review;

import io.passbridge.health.Finding;
import io.passbridge.keys.KeyException.Kind;
import io.passbridge.keys.KeySetStatus;
import io.passbridge.keys.Protector;
import io.passbridge.keys.keeper.KeySetState;
import io.passbridge.keys.keeper.KeySetState.Locked;
import io.passbridge.keys.keeper.Protectors;
import io.passbridge.keys.keeper.StatusReport;
import java.util.Optional;

/**
 * Whether the key set is open, and if not, which of the many ways to be locked it is: each has
 * another remedy.
 */
public final class LockReview {
    private static final String SUBJECT = "key set";

    private LockReview() {}

    public static Finding of(KeySetState state, Protectors protectors) {
        KeySetStatus status = StatusReport.of(state);
        if (state instanceof Locked waiting && waiting.reason().kind() == Kind.AWAITS_STORE) {
            return Finding.note(
                    SUBJECT, waiting.reason().getMessage(), "look at the store's own findings");
        }
        if (state instanceof Locked locked) {
            return Finding.error(
                    SUBJECT,
                    status.text() + place(locked, status, protectors),
                    likelihood(locked.reason().kind()) + status.remedy());
        }
        return status.remedy().isEmpty()
                ? Finding.ok(
                        SUBJECT,
                        status.keySetId()
                                + " is unlocked, primary key "
                                + status.primary()
                                + ", protector "
                                + status.protector())
                : Finding.warning(SUBJECT, status.text(), status.remedy());
    }

    /** What the protector says about the place where it looks. */
    private static String place(Locked locked, KeySetStatus status, Protectors protectors) {
        Kind kind = locked.reason().kind();
        if (kind != Kind.WRONG_PASSWORD && kind != Kind.DAMAGED) {
            return "";
        }
        Optional<Protector> protector = protectors.find(status.protector());
        return protector.map(p -> " (" + p.readiness().text() + ")").orElse("");
    }

    private static String likelihood(Kind kind) {
        return switch (kind) {
            case WRONG_PASSWORD ->
                    "somebody changed the service-account password behind the platform's back, or"
                            + " the data folder came from another server: ";
            case DAMAGED -> "the file was changed outside the platform, or the disk fails: ";
            case NO_KEY_SET -> "somebody removed the file, or data/ was restored in part: ";
            case OUTDATED -> "data/ was restored in part, or somebody put an older file back: ";
            default -> "";
        };
    }
}
