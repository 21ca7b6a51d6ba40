/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A marker service that is registered while, and only while, the key set is unlocked. A component
 * that must not work on a locked platform has a static reference to it.
 */
@ProviderType
public interface Unlocked {
    /** The id of the key set that is unlocked. */
    String keySetId();
}
