/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.cycle;

import io.passbridge.sync.digest.DigestPool;
import io.passbridge.sync.page.EngineServices;
import io.passbridge.sync.page.LeaseHolding;
import io.passbridge.sync.page.TargetWriter;
import io.passbridge.sync.route.Backoff;
import io.passbridge.sync.route.JournalWriter;
import io.passbridge.sync.route.RouteSettings;
import java.util.concurrent.ExecutorService;
import java.util.function.BooleanSupplier;

/**
 * What the cycles of one route work with.
 *
 * @param threads for reading and writing beside the cycle's own thread
 * @param target kept over cycles, since it learns the size of batch that the target takes
 * @param stopping whether the route is to stop after the page it is writing
 */
public record RouteParts(
        RouteSettings settings,
        EngineServices platform,
        DigestPool digests,
        LeaseHolding lease,
        ExecutorService threads,
        TargetWriter target,
        Backoff backoff,
        JournalWriter journal,
        BooleanSupplier stopping) {}
