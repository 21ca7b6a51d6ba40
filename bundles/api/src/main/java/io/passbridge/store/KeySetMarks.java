/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * How far the key set of each server has come, remembered apart from its file, so that an older
 * copy of the file is noticed. A service, thread-safe.
 */
@ProviderType
public interface KeySetMarks {
    /** How far the given key set has come on the given server; empty if it was never used there. */
    Optional<Mark> find(String server, String keySetId) throws StoreException;

    /** Stores how far a key set has come, replacing what was there for this server and key set. */
    void put(String server, Mark mark) throws StoreException;

    /**
     * A generation of a key set.
     *
     * @param keySetId its key set
     * @param generation how often it had been written
     * @param primary the id of its primary key
     * @param fingerprint of the primary key, in hex
     */
    record Mark(String keySetId, long generation, int primary, String fingerprint) {}
}
