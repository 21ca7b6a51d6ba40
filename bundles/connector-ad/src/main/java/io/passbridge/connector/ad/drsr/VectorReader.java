/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.drsr;

import io.passbridge.connector.ad.ndr.NdrException;
import io.passbridge.connector.ad.ndr.NdrReader;
import io.passbridge.connector.ad.replication.UpToDatenessVector;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** UPTODATE_VECTOR_V2_EXT (MS-DRSR 5.169). */
final class VectorReader {
    private static final int VERSION = 2;
    private static final int ENTRY = 32;
    private static final int LIMIT = 4096;

    private VectorReader() {}

    static UpToDatenessVector read(NdrReader in) throws NdrException {
        int count = in.count(ENTRY, LIMIT, "up-to-dateness entries");
        in.align(Long.BYTES);
        int version = in.i32();
        if (version != VERSION) {
            throw new NdrException("up-to-dateness vector of version " + version + " instead of 2");
        }
        in.i32();
        in.sameCount(count, "up-to-dateness entries");
        in.i32();
        Map<UUID, Long> entries = new HashMap<>();
        for (int i = 0; i < count; i++) {
            in.align(Long.BYTES);
            UUID id = in.uuid();
            if (entries.put(id, in.usn()) != null) {
                throw new NdrException("the up-to-dateness vector names " + id + " twice");
            }
            in.i64();
        }
        return new UpToDatenessVector(entries);
    }
}
