/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc.sync;

import io.passbridge.credential.SourceAnchor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The primary key of a user's row: the route in the upper bits, a hash of the anchor below. Users
 * whose hashes are equal take the next free key, as in a hash table with linear probing; rows are
 * removed by whole routes only, so nothing is ever missed.
 */
final class UserKey {
    private static final int HASH_BITS = 43;
    private static final long HASH_MASK = (1L << HASH_BITS) - 1;

    /** The largest route id that fits. */
    static final int MAX_ROUTE = (1 << 63 - HASH_BITS) - 1;

    private UserKey() {}

    /** The first key of a route; the first of the next one follows its last. */
    static long first(int route) {
        if (route < 0 || route > MAX_ROUTE + 1) {
            throw new IllegalStateException("route id " + route + " exceeds " + MAX_ROUTE);
        }
        return (long) route << HASH_BITS;
    }

    static int route(long key) {
        return (int) (key >>> HASH_BITS);
    }

    /**
     * The key of an anchor.
     *
     * @param step 0 for its own place, then 1, 2, ... for the places after it
     */
    static long of(int route, SourceAnchor anchor, int step) {
        long hash = ByteBuffer.wrap(sha256(anchor)).getLong();
        return first(route) | hash + step & HASH_MASK;
    }

    private static byte[] sha256(SourceAnchor anchor) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(anchor.value().getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
