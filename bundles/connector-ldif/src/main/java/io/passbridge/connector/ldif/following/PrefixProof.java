/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.following;

import io.passbridge.connector.ldif.record.FileState;
import io.passbridge.connector.ldif.user.FilePass;
import java.io.IOException;
import java.nio.channels.FileChannel;
import javax.crypto.Mac;

/**
 * The fingerprint of the beginning of a file, taken once for all routes that stand at the same
 * place. Not thread-safe.
 */
final class PrefixProof {
    private final FileAccess access;
    private final Fingerprint fingerprint;
    private FileState state;
    private long offset;
    private Mac taken;

    PrefixProof(FileAccess access, Fingerprint fingerprint) {
        this.access = access;
        this.fingerprint = fingerprint;
    }

    /**
     * @param now the file as it is; if it does not stay so, what is read of it is void, and nobody
     *     asks for that state again
     * @return a computation that has seen everything up to the offset; the caller's
     */
    Mac upTo(long wanted, FileState now) throws IOException {
        if (!isTaken(wanted, now)) {
            try (FileChannel channel = access.file().channel()) {
                keep(wanted, now, fingerprint.over(channel, 0, wanted));
            }
        }
        return Fingerprint.copy(taken);
    }

    /**
     * The same for the first reading since the start, which notes where the users are on the way:
     * most of what is appended speaks of one of them.
     */
    Mac notingPlacesUpTo(long wanted, FileState now) throws IOException {
        if (!isTaken(wanted, now)) {
            passOver(wanted, now, (record, line) -> record.close());
        }
        return Fingerprint.copy(taken);
    }

    /**
     * The same where each record has to be seen.
     *
     * @param visitor sees all of them, also if the fingerprint is known
     */
    Mac visitingUpTo(long wanted, FileState now, FilePass.Visitor visitor) throws IOException {
        passOver(wanted, now, visitor);
        return Fingerprint.copy(taken);
    }

    private void passOver(long wanted, FileState now, FilePass.Visitor visitor) throws IOException {
        Mac mac = fingerprint.begin();
        access.passOver(wanted, mac::update, visitor);
        keep(wanted, now, mac);
    }

    private boolean isTaken(long wanted, FileState now) {
        return taken != null && wanted == offset && now.equals(state);
    }

    private void keep(long wanted, FileState now, Mac mac) {
        taken = mac;
        state = now;
        offset = wanted;
    }
}
