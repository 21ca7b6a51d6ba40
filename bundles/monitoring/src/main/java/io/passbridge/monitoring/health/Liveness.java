/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.monitoring.health;

import io.passbridge.health.Pulse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Which parts of the platform do nothing any more. */
@Component(service = Liveness.class)
public final class Liveness {
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private final List<Pulse> pulses = new CopyOnWriteArrayList<>();

    @Activate
    public Liveness() {}

    Liveness(List<Pulse> pulses) {
        this.pulses.addAll(pulses);
    }

    /** Why, by part; empty if the platform lives. */
    public Map<String, String> stalled() {
        Map<String, String> stalled = new TreeMap<>();
        for (Pulse pulse : pulses) {
            Optional<String> reason = pulse.stall();
            reason.ifPresent(text -> stalled.put(pulse.subject(), text));
        }
        return stalled;
    }
}
