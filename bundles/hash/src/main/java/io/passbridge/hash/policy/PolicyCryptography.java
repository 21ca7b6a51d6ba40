/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.policy;

import io.passbridge.crypto.CryptographicModule;
import io.passbridge.crypto.Cryptography;
import io.passbridge.crypto.FipsReport;
import io.passbridge.crypto.ModuleRefusedException;
import io.passbridge.crypto.ModuleReport;
import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.hash.module.PlatformModule;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * The one place that chooses: the Java platform, or the validated module where the policy is
 * enforced. Without one everything is refused. The module's bundle may come and go.
 */
@Component
public final class PolicyCryptography implements Cryptography {
    private final FipsPolicy policy;
    private final FipsEvents events;
    private final CryptographicModule platform = new PlatformModule();
    private final SecureRandom random = new ModuleRandom(() -> module().random());
    private final AtomicReference<String> told = new AtomicReference<>("");

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile CryptographicModule validated;

    @Activate
    public PolicyCryptography(@Reference FipsPolicy policy, @Reference FipsEvents events) {
        this.policy = policy;
        this.events = events;
    }

    @Override
    public CryptographicModule module() {
        return policy.fipsEnforced() ? approved() : platform;
    }

    private CryptographicModule approved() {
        CryptographicModule present = validated;
        if (present == null) {
            throw refused(
                    "FIPS is enforced and no bundle brings a validated module: put"
                        + " io.passbridge.hash.fips and bc-fips back into the folder bundles, or"
                        + " set 'enforce = off' in etc/io.passbridge.fips.cfg");
        }
        if (!present.isFit()) {
            throw refused(
                    "FIPS is enforced and its module is refused: " + present.report(true).detail());
        }
        return present;
    }

    private ModuleRefusedException refused(String reason) {
        if (!told.getAndSet(reason).equals(reason)) {
            events.record(EventType.FIPS_MODULE_REFUSED, Map.of(Fact.REASON, reason));
        }
        return new ModuleRefusedException(reason);
    }

    @Override
    public SecureRandom random() {
        return random;
    }

    @Override
    public FipsReport report(boolean selfTest) {
        Rules rules = policy.rules();
        boolean enforced = rules.enforced();
        List<ModuleReport> modules = new ArrayList<>();
        modules.add(platform.report(false).inUse(!enforced));
        CryptographicModule present = validated;
        if (present != null) {
            ModuleReport report = present.report(selfTest || enforced);
            modules.add(enforced ? 0 : 1, report.inUse(enforced && report.approvedOnly()));
        }
        return new FipsReport(
                enforced,
                rules.configured(),
                rules.host(),
                rules.passwordSync(),
                rules.exceptions().stream().sorted().toList(),
                modules);
    }
}
