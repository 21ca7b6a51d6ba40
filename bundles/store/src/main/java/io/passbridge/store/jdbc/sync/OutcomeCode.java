/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc.sync;

import io.passbridge.connector.ItemOutcome.Outcome;
import java.sql.SQLException;

/** Outcomes as small numbers; a number once given keeps its meaning. */
final class OutcomeCode {
    private OutcomeCode() {}

    static int encode(Outcome outcome) {
        return switch (outcome) {
            case APPLIED -> 1;
            case ALREADY -> 2;
            case CONFLICT -> 3;
            case NO_SUCH_USER -> 4;
            case REJECTED -> 5;
            case RETRY -> 6;
        };
    }

    static Outcome decode(int code) throws SQLException {
        return switch (code) {
            case 1 -> Outcome.APPLIED;
            case 2 -> Outcome.ALREADY;
            case 3 -> Outcome.CONFLICT;
            case 4 -> Outcome.NO_SUCH_USER;
            case 5 -> Outcome.REJECTED;
            case 6 -> Outcome.RETRY;
            default -> throw new SQLException("outcome " + code + " is not known");
        };
    }
}
