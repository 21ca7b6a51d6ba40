/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.source;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Where reading by time stands.
 *
 * @param latest the latest change that has been seen, FILETIME
 * @param listedAt when everybody was listed last, FILETIME
 * @param given what has been given of the time that the next look reaches back to: the same again
 *     is no news
 */
record TimestampPosition(long latest, long listedAt, Set<Long> given) {
    static final TimestampPosition BEGINNING = new TimestampPosition(0, 0, Set.of());

    static TimestampPosition parse(byte[] bytes) {
        if (bytes.length < 2 * Long.BYTES) {
            return BEGINNING;
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        long latest = buffer.getLong();
        long listedAt = buffer.getLong();
        Set<Long> given = new HashSet<>();
        while (buffer.remaining() >= Long.BYTES) {
            given.add(buffer.getLong());
        }
        return new TimestampPosition(latest, listedAt, given);
    }

    byte[] toBytes() {
        ByteBuffer buffer = ByteBuffer.allocate((2 + given.size()) * Long.BYTES);
        buffer.putLong(latest).putLong(listedAt);
        given.forEach(buffer::putLong);
        return buffer.array();
    }

    /** What is given in a run, with the times of the changes. */
    static final class Given {
        private final Map<Long, Long> times = new HashMap<>();

        void add(long token, long time) {
            times.put(token, time);
        }

        /**
         * Those not older than a time, at most so many. Who is left out is given again, which does
         * no harm.
         */
        Set<Long> since(long time, int most) {
            Set<Long> tokens = new HashSet<>();
            times.forEach(
                    (token, at) -> {
                        if (at >= time && tokens.size() < most) {
                            tokens.add(token);
                        }
                    });
            return tokens;
        }
    }
}
