/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * The key set: sealing of secrets, life cycle of keys, protectors of the key set itself.
 *
 * <p>Keeping a secret, and opening it again:
 *
 * <pre>{@code
 * Binding binding = new Binding("notebook", "page door", "text");
 * SealedValue value = sealing.seal(secret, binding);
 * byte[] stored = value.toBytes();
 *
 * try (Secret opened = sealing.open(SealedValue.of(stored), binding)) {
 *     opened.use(bytes -> ...);
 * }
 * }</pre>
 *
 * <p>Whoever stores values offers a {@link io.passbridge.keys.SealedValueOwner}, so that a key
 * which still seals one is not destroyed. A new key, the values under it, and the old one gone:
 *
 * <pre>{@code
 * int old = view.keys().get(0).id();
 * keys.add("rotation", false);
 * values.rewrap("rotation", new SealedValues.Order(0, false, 0), SealedValues.Progress.NONE);
 * keys.disable("rotation", old);
 * keys.destroy("rotation", old);
 * }</pre>
 */
@Export
@Version("1.0.0")
package io.passbridge.keys;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
