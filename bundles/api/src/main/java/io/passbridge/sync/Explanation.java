/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync;

import java.util.List;
import java.util.Optional;

/**
 * Why a user is or is not in step on one route.
 *
 * @param route the route
 * @param user the user as the source knows it: login name and anchor, or what was typed
 * @param summary the answer in one sentence
 * @param gates every gate that the user reached, in order, and what the target is known to hold
 */
public record Explanation(String route, String user, String summary, List<Gate> gates) {
    public Explanation {
        gates = List.copyOf(gates);
    }

    /** The gate that stopped the user, if one did. */
    public Optional<Gate> stoppedBy() {
        return gates.stream().filter(g -> g.verdict() == Gate.Verdict.STOPPED).findFirst();
    }
}
