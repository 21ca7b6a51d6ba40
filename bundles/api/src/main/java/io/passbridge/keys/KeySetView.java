/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The key set as it may be looked at, locked or not. A service, thread-safe. */
@ProviderType
public interface KeySetView {
    /** The state of the key set. Never fails: trouble is part of the state. */
    KeySetStatus status();

    /** The keys by id, destroyed ones included; empty while there is no readable key set. */
    List<KeyInfo> keys();

    /** The names of the protectors that are there now, in order. */
    List<String> protectors();
}
