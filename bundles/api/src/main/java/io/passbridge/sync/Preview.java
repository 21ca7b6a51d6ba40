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
 * @param unchanged of the examined: dealt with already
 * @param stopped of the examined: stopped by a gate
 * @param reasons the most frequent reasons for being stopped, each with its count
 * @param duration how long the run is most likely going to take, if that can be told
 * @param least it will hardly be done sooner
 * @param most it will hardly take longer
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
        long unchanged,
        long stopped,
        List<String> reasons,
        Optional<Duration> duration,
        Optional<Duration> least,
        Optional<Duration> most) {
    public Preview {
        reasons = List.copyOf(reasons);
    }
}
