/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.tck;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Carries out those faults that are the same for every call. */
final class Mishap {
    private Mishap() {}

    /** Takes the call's fault from the plan; drops or delays the call if it says so. */
    static Optional<Fault> before(FaultPlan plan, FaultPlan.Operation operation)
            throws ConnectorException {
        Optional<Fault> fault = plan.take(operation);
        if (fault.isPresent()) {
            switch (fault.get()) {
                case DROP ->
                        throw new ConnectorException(
                                Kind.UNREACHABLE, "planned fault: the call was dropped");
                case EXPIRE_WATERMARK ->
                        throw new ConnectorException(
                                Kind.WATERMARK_EXPIRED, "planned fault: the watermark expired");
                case DELAY -> delay(plan);
                default -> {
                    return fault;
                }
            }
        }
        return Optional.empty();
    }

    static void delay(FaultPlan plan) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(plan.delayMillis()));
    }

    static ConnectorException broken(String what) {
        return new ConnectorException(Kind.UNREACHABLE, "planned fault: " + what);
    }

    static ConnectorException unknown(String what) {
        return new ConnectorException(Kind.OUTCOME_UNKNOWN, "planned fault: " + what);
    }
}
