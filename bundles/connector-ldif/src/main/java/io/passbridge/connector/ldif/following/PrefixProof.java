/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.following;

import io.passbridge.connector.ldif.record.FileState;
import io.passbridge.connector.ldif.record.LdifFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import javax.crypto.Mac;

/**
 * The fingerprint of the beginning of a file, taken once for all routes that stand at the same
 * place. Not thread-safe.
 */
final class PrefixProof {
    private final LdifFile file;
    private final Fingerprint fingerprint;
    private FileState state;
    private long offset;
    private Mac taken;

    PrefixProof(LdifFile file, Fingerprint fingerprint) {
        this.file = file;
        this.fingerprint = fingerprint;
    }

    /**
     * @param now the file as it is; if it does not stay so, what is read of it is void, and nobody
     *     asks for that state again
     * @return a computation that has seen everything up to the offset; the caller's
     */
    Mac upTo(long wanted, FileState now) throws IOException {
        if (taken == null || wanted != offset || !now.equals(state)) {
            taken = null;
            try (FileChannel channel = file.channel()) {
                taken = fingerprint.over(channel, 0, wanted);
            }
            state = now;
            offset = wanted;
        }
        return Fingerprint.copy(taken);
    }
}
