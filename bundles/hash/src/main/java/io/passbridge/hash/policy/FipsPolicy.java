/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.policy;

import io.passbridge.credential.LegacyAlgorithm;
import io.passbridge.credential.LegacyPolicy;
import io.passbridge.credential.LegacyRefusedException;
import io.passbridge.crypto.FipsReport;
import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Permits, refuses and counts each use of a primitive that is not approved. A change of the
 * configuration holds from the next question on; nobody has to be restarted for it.
 */
@Component(
        configurationPid = FipsPolicy.PID,
        service = {LegacyPolicy.class, FipsPolicy.class})
@Designate(ocd = FipsConfiguration.class)
public final class FipsPolicy implements LegacyPolicy {
    static final String PID = "io.passbridge.fips";

    private final FipsEvents events;
    private final HostFips host;
    private final LegacyCounts counts = new LegacyCounts();
    private volatile Rules rules;

    @Activate
    public FipsPolicy(@Reference FipsEvents events, FipsConfiguration configuration) {
        this(events, HostFips.ofThisHost(), configuration);
    }

    FipsPolicy(FipsEvents events, HostFips host, FipsConfiguration configuration) {
        this.events = events;
        this.host = host;
        rules = Rules.of(configuration, host.read());
        if (rules.enforced()) {
            events.record(EventType.FIPS_POLICY, Map.of(Fact.AFTER, rules.inWords()));
        }
        compareWithHost(rules);
    }

    @Modified
    void change(FipsConfiguration configuration) {
        Rules before = rules;
        Rules after = Rules.of(configuration, host.read());
        // before it is told of: whoever reads that it is in force relies on it
        rules = after;
        if (!after.equals(before)) {
            events.record(
                    EventType.FIPS_POLICY,
                    Map.of(Fact.AFTER, after.inWords(), Fact.BEFORE, before.inWords()));
            compareWithHost(after);
        }
    }

    private void compareWithHost(Rules now) {
        if (differs(now)) {
            events.record(
                    EventType.FIPS_HOST_DIFFERS,
                    Map.of(
                            Fact.REASON,
                            "'enforce' is %s, the operating system's policy is %s"
                                    .formatted(
                                            now.configured() ? "on" : "off",
                                            now.host() == FipsReport.Host.ON ? "on" : "off")));
        }
    }

    private static boolean differs(Rules now) {
        return now.host() == FipsReport.Host.ON && !now.configured()
                || now.host() == FipsReport.Host.OFF && now.configured();
    }

    @Override
    public boolean fipsEnforced() {
        return rules.enforced();
    }

    @Override
    public void use(LegacyAlgorithm algorithm, String purpose) {
        boolean permitted = permits(algorithm, purpose);
        boolean first = counts.count(algorithm, purpose, permitted);
        if (permitted) {
            return;
        }
        String remedy = Rules.remedy(purpose);
        if (first) {
            // once for each kind of use: a cycle may ask a million times
            events.record(
                    EventType.LEGACY_REFUSED,
                    Map.of(
                            Fact.ALGORITHM, algorithm.name(),
                            Fact.PURPOSE, purpose,
                            Fact.REMEDY, remedy));
        }
        throw new LegacyRefusedException(algorithm, purpose, remedy);
    }

    @Override
    public boolean permits(LegacyAlgorithm algorithm, String purpose) {
        return rules.permits(purpose);
    }

    @Override
    public List<LegacyUse> uses() {
        return counts.list();
    }

    Rules rules() {
        return rules;
    }
}
