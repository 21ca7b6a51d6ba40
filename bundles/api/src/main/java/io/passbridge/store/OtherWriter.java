/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Whether another server is at work on a store that this one shares with it: whoever does not hold
 * the lease writes nothing there that the holder works with. Safe for use by several threads.
 */
@ProviderType
public interface OtherWriter {
    /**
     * The id of the other server that holds the lease now; empty if nobody does, or this server.
     *
     * @throws StoreException if the store cannot say
     */
    Optional<String> name() throws StoreException;
}
