/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision;

import io.passbridge.connector.supervision.platform.HostServices;
import io.passbridge.connector.supervision.session.Upkeep;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What every instance of one host shares.
 *
 * @param platform the rest of the platform
 * @param upkeep the host's own threads
 * @param paused who is paused
 * @param sessions numbers the sessions of all instances, so that no number comes again
 */
record HostParts(
        HostServices platform, Upkeep upkeep, PausedInstances paused, AtomicLong sessions) {
    HostParts(HostServices platform, Upkeep upkeep, PausedInstances paused) {
        this(platform, upkeep, paused, new AtomicLong());
    }
}
