/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a run would do, found without digesting, writing or recording anything.
 *
 * @param route the route
 * @param full whether the run would be a full one
 * @param examined changes that were read for this preview
 * @param complete whether these are all there are; otherwise the numbers are a sample
 * @param expected users that the run would read, or -1 if the source cannot tell
 * @param passwords of the examined: would be sent with a digest
 * @param states of the examined: would be sent with their account state alone
 * @param deletions of the states: deleted or out of scope
 * @param stops why the run would be stopped by the route's limits of deletions; empty if it would
 *     not
 * @param unchanged of the examined: dealt with already
 * @param stopped of the examined: stopped by a gate
 * @param reasons the most frequent reasons for being stopped, each with its count
 * @param changes of the examined: who changes, and why, in the order of the source
 * @param duration how long the run is most likely going to take, if that can be told
 * @param least it will hardly be done sooner
 * @param most it will hardly take longer
 * @param sends a warning if the route sends what can be used at the source; empty if it sends
 *     digests
 */
public record Preview(
        String route,
        boolean full,
        long examined,
        boolean complete,
        long expected,
        long passwords,
        long states,
        long deletions,
        String stops,
        long unchanged,
        long stopped,
        List<String> reasons,
        List<PlannedChange> changes,
        Optional<Duration> duration,
        Optional<Duration> least,
        Optional<Duration> most,
        String sends) {
    public Preview {
        reasons = List.copyOf(reasons);
        changes = List.copyOf(changes);
    }

    /** The same with some of the changes. */
    public Preview page(int skip, int limit) {
        int from = Math.min(skip, changes.size());
        int to = (int) Math.min(changes.size(), (long) from + limit);
        return new Preview(
                route,
                full,
                examined,
                complete,
                expected,
                passwords,
                states,
                deletions,
                stops,
                unchanged,
                stopped,
                reasons,
                changes.subList(from, to),
                duration,
                least,
                most,
                sends);
    }
}
