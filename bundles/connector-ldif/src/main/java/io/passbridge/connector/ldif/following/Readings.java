/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.following;

import io.passbridge.connector.ldif.following.ReadingSession.Means;
import io.passbridge.connector.ldif.following.RecordMemory.Mark;
import io.passbridge.connector.ldif.record.FileState;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The latest readings of one file: each route and each forecast has one of its own, and goes on
 * with it where it stands. Whoever finds none begins with what the watermark tells. Not
 * thread-safe.
 */
final class Readings {
    /** With a million people each takes some 32 MB. */
    private static final int MOST = 4;

    private final Deque<ReadingSession> latest = new ArrayDeque<>();

    /**
     * The reading that goes on at a position.
     *
     * @param position or null to begin at the beginning
     */
    ReadingSession at(Means means, FilePosition position, FileState state) throws IOException {
        Optional<ReadingSession> found =
                latest.stream().filter(reading -> reading.isAt(position)).findFirst();
        found.ifPresent(latest::remove);
        if (found.isPresent() && found.get().goesOnIn(state)) {
            latest.addFirst(found.get());
            return found.get();
        }
        found.ifPresent(ReadingSession::close);
        ReadingSession begun =
                position == null
                        ? ReadingSession.fromStart(means, state, Mark.NONE)
                        : ReadingSession.from(means, position, found.orElse(null), state);
        latest.addFirst(begun);
        if (latest.size() > MOST) {
            latest.removeLast().close();
        }
        return begun;
    }

    /** Gives up a reading that failed. */
    void remove(ReadingSession reading) {
        latest.remove(reading);
        reading.close();
    }
}
