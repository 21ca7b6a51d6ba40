/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc.sync;

import io.passbridge.store.Standing;
import io.passbridge.store.SyncState.UserState;
import java.sql.SQLException;

/**
 * The standings of users with a final outcome as small numbers; a number once given keeps its
 * meaning.
 */
final class StandingCode {
    private StandingCode() {}

    static Standing of(UserState user) {
        return Standing.of(user.state(), user.outcome());
    }

    static int encode(Standing standing) {
        return switch (standing) {
            case IN_STEP -> 1;
            case REFUSED -> 2;
            case OUTSIDE -> 3;
            case GONE -> 4;
            case WAITING, UNUSABLE ->
                    throw new IllegalArgumentException(standing + " is no final outcome");
        };
    }

    static Standing decode(int code) throws SQLException {
        return switch (code) {
            case 1 -> Standing.IN_STEP;
            case 2 -> Standing.REFUSED;
            case 3 -> Standing.OUTSIDE;
            case 4 -> Standing.GONE;
            default -> throw new SQLException("standing " + code + " is not known");
        };
    }
}
