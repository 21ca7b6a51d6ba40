/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.keyset;

import io.passbridge.keys.act.KeyEvents;
import io.passbridge.keys.keeper.KeySetKeeper;
import io.passbridge.keys.keeper.Protectors;
import io.passbridge.keys.keeper.ValueSealing;
import io.passbridge.keys.owner.Owners;

/**
 * What the components of this bundle work with.
 *
 * @param keeper holds the key set
 * @param sealing seals and opens
 * @param owners of stored values
 * @param events the way to the journal
 * @param protectors that are there
 * @param changed to be run after the key set was opened, closed or replaced
 */
public record Parts(
        KeySetKeeper keeper,
        ValueSealing sealing,
        Owners owners,
        KeyEvents events,
        Protectors protectors,
        Runnable changed) {}
