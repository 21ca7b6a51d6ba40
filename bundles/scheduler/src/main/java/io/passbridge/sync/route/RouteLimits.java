/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.route;

import java.time.Duration;
import java.util.Optional;

/**
 * How much a route does at once, how often, and when it stops.
 *
 * @param pageSize the most users of one page
 * @param cycle between two cycles that nothing else asked for
 * @param deletions how many users a run may delete or move out of scope
 * @param retryAttempts after which a user is given up
 * @param objective within which 99 of 100 changes are to be at the target, if there is one
 * @param verifyPerMinute how many people are compared with the target in a minute, besides all else
 */
public record RouteLimits(
        int pageSize,
        Duration cycle,
        DeletionLimit deletions,
        int retryAttempts,
        Optional<Duration> objective,
        int verifyPerMinute) {}
