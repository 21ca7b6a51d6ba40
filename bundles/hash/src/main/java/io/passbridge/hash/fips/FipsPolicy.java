/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.fips;

import io.passbridge.credential.LegacyAlgorithm;
import io.passbridge.credential.LegacyPolicy;
import io.passbridge.credential.LegacyRefusedException;
import io.passbridge.event.EventType;
import io.passbridge.event.Journal;
import io.passbridge.event.JournalException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Permits, refuses and counts each use of a primitive that is not approved. */
@Component(configurationPid = FipsPolicy.PID)
@Designate(ocd = FipsPolicy.FipsConfig.class)
public final class FipsPolicy implements LegacyPolicy {
    static final String PID = "io.passbridge.fips";

    private static final Logger LOG = LoggerFactory.getLogger(FipsPolicy.class);

    private final boolean enforced;
    private final Set<String> exceptions;
    private final Map<Use, Count> counts = new ConcurrentHashMap<>();

    // comes and goes by itself: the policy must be there before the store and outlive it
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile Journal journal;

    @Activate
    public FipsPolicy(FipsConfig config) {
        this(config.enforced(), split(config.exceptions()));
    }

    FipsPolicy(boolean enforced, Set<String> exceptions) {
        this.enforced = enforced;
        this.exceptions = exceptions;
    }

    /** A configuration file gives a list as one text with commas. */
    private static Set<String> split(String[] exceptions) {
        return Arrays.stream(exceptions)
                .flatMap(text -> Arrays.stream(text.split(",")))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public boolean fipsEnforced() {
        return enforced;
    }

    @Override
    public void use(LegacyAlgorithm algorithm, String purpose) {
        Count count = counts.computeIfAbsent(new Use(algorithm, purpose), use -> new Count());
        if (permits(algorithm, purpose)) {
            count.permitted.increment();
            return;
        }
        if (count.refused.getAndIncrement() == 0) {
            report(algorithm, purpose);
        }
        throw new LegacyRefusedException(algorithm, purpose);
    }

    @Override
    public boolean permits(LegacyAlgorithm algorithm, String purpose) {
        return !enforced || exceptions.contains(purpose);
    }

    @Override
    public List<LegacyUse> uses() {
        return counts.entrySet().stream()
                .map(
                        entry ->
                                new LegacyUse(
                                        entry.getKey().algorithm(),
                                        entry.getKey().purpose(),
                                        entry.getValue().permitted.sum(),
                                        entry.getValue().refused.get()))
                .sorted(
                        Comparator.comparing(LegacyUse::algorithm)
                                .thenComparing(LegacyUse::purpose))
                .toList();
    }

    /** Once for each kind of use: a cycle may ask a million times. */
    private void report(LegacyAlgorithm algorithm, String purpose) {
        Journal present = journal;
        if (present == null) {
            LOG.warn("the FIPS policy refused {} to {}", algorithm, purpose);
            return;
        }
        try {
            present.record(
                    EventType.LEGACY_REFUSED,
                    "fips policy",
                    Map.of("algorithm", algorithm.name(), "purpose", purpose));
        } catch (JournalException e) {
            LOG.warn("the FIPS policy refused {} to {}; {}", algorithm, purpose, e.getMessage());
        }
    }

    private record Use(LegacyAlgorithm algorithm, String purpose) {}

    private static final class Count {
        private final LongAdder permitted = new LongAdder();
        private final AtomicLong refused = new AtomicLong();
    }

    /** The FIPS policy. */
    @ObjectClassDefinition(
            name = "Passbridge FIPS policy",
            description = "Whether primitives that are not approved may be used, and for what.")
    @interface FipsConfig {
        @AttributeDefinition(
                description =
                        "Refuse every primitive that is not approved, except for the purposes in"
                                + " 'exceptions'. Default false.")
        boolean enforced() default false;

        @AttributeDefinition(
                description =
                        "Purposes that stay permitted, separated by commas, as fips:status names"
                                + " them: 'read Active Directory'. Default none.")
        String[] exceptions() default {};
    }
}
