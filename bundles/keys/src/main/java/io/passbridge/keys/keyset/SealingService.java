/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.keyset;

import io.passbridge.credential.Secret;
import io.passbridge.keys.Binding;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.SealedValue;
import io.passbridge.keys.Sealing;
import io.passbridge.keys.keeper.ValueSealing;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Offers sealing, and reports values that are refused. */
@Component
public final class SealingService implements Sealing {
    private final ValueSealing sealing;
    private final LockWatch watch;

    @Activate
    public SealingService(@Reference KeySetComponent core) {
        sealing = core.parts().sealing();
        watch = core.watch();
    }

    @Override
    public SealedValue seal(Secret secret, Binding binding) throws KeyException {
        return sealing.seal(secret, binding);
    }

    @Override
    public Secret open(SealedValue value, Binding binding) throws KeyException {
        try {
            return sealing.open(value, binding);
        } catch (KeyException e) {
            watch.refused(binding, e);
            throw e;
        }
    }
}
