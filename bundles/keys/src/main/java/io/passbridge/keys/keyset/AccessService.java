/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.keyset;

import io.passbridge.credential.LegacyPolicy;
import io.passbridge.credential.Secret;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyInfo;
import io.passbridge.keys.KeySetAccess;
import io.passbridge.keys.KeySetStatus;
import io.passbridge.keys.KeySetView;
import io.passbridge.keys.Protector;
import io.passbridge.keys.keeper.KeySetState;
import io.passbridge.keys.keeper.ProtectionReview;
import io.passbridge.keys.keeper.Reprotection;
import io.passbridge.keys.keeper.StatusReport;
import io.passbridge.keys.ring.KeySet;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Offers the view of the key set, unlocking, and the change of its protection. */
@Component
public final class AccessService implements KeySetView, KeySetAccess {
    private final KeySetComponent core;
    private final Parts parts;
    private final Reprotection reprotection;
    private final ProtectionReview protection;

    @Activate
    public AccessService(@Reference KeySetComponent core, @Reference LegacyPolicy policy) {
        this.core = core;
        parts = core.parts();
        protection = new ProtectionReview(parts.protectors(), policy);
        reprotection = new Reprotection(parts.keeper(), parts.protectors(), parts.events());
    }

    @Override
    public KeySetStatus status() {
        KeySetState state = parts.keeper().state();
        return StatusReport.of(state, state.known().flatMap(protection::of));
    }

    @Override
    public List<KeyInfo> keys() {
        return parts.keeper().state().known().map(KeySet::keys).orElse(List.of());
    }

    @Override
    public List<String> protectors() {
        return parts.protectors().names();
    }

    @Override
    public void unlock(String actor, Optional<Secret> password) throws KeyException {
        core.unlock(actor, password);
    }

    @Override
    public Optional<Boolean> opensWith(Secret password) throws KeyException {
        return parts.keeper().opensWith(password);
    }

    @Override
    public void lock(String actor) throws KeyException {
        core.lock(actor);
    }

    @Override
    public Protector.Adoption changePassword(String actor, Secret password) throws KeyException {
        return reprotection.changePassword(actor, password);
    }

    @Override
    public void protectWith(String actor, String protector, Optional<Secret> password)
            throws KeyException {
        reprotection.protectWith(actor, protector, password);
    }
}
