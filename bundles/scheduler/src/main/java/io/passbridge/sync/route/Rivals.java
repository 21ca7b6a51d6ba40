/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.route;

import io.passbridge.health.Finding;
import io.passbridge.sync.RouteStatus;
import java.util.Collection;
import java.util.List;

/** Two routes to the same people write over one another, unless their filters part them. */
public final class Rivals {
    private Rivals() {}

    /**
     * What is told of a route because of others.
     *
     * @param others those that it is compared with; the route itself is passed over
     */
    public static List<Finding> of(
            String name, String source, String target, Collection<RouteStatus> others) {
        return others.stream()
                .filter(other -> !other.name().equals(name) && !source.isEmpty())
                .filter(other -> other.source().equals(source) && other.target().equals(target))
                .map(
                        other ->
                                Finding.warning(
                                        "route " + name,
                                        "route %s has the same source %s and target %s"
                                                .formatted(other.name(), source, target),
                                        "remove one, unless 'include' and 'exclude' keep each"
                                                + " person out of one of them"))
                .toList();
    }
}
