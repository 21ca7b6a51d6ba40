/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc.opening;

import io.passbridge.credential.LegacyPolicy;
import java.util.function.BooleanSupplier;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Whether FIPS is enforced now. The policy's bundle may come after the store, and be replaced while
 * it is open: until there is one everything is restricted, and while there is none what the last
 * one said holds. Thread-safe.
 */
@Component(service = FipsEnforcement.class)
public final class FipsEnforcement implements BooleanSupplier {
    private volatile LegacyPolicy policy;
    private volatile boolean last = true;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void setPolicy(LegacyPolicy present) {
        policy = present;
    }

    void unsetPolicy(LegacyPolicy gone) {
        last = gone.fipsEnforced();
        if (policy == gone) {
            policy = null;
        }
    }

    @Override
    public boolean getAsBoolean() {
        LegacyPolicy present = policy;
        return present == null ? last : present.fipsEnforced();
    }
}
