/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.drsr;

import io.passbridge.connector.ad.ndr.NdrException;
import io.passbridge.connector.ad.ndr.NdrReader;
import io.passbridge.connector.ad.replication.UpToDatenessVector;
import java.util.UUID;

/**
 * All of a GetNCChanges reply that comes before its objects (MS-DRSR 4.1.10.2.11 and 4.1.10.2.14).
 * It is enough to ask for the next page while the objects of this one are still being decoded.
 *
 * @param extendedResult ulExtendedRet, 1 for a successful extended operation
 */
public record ReplyHead(
        int version,
        UUID sourceInvocation,
        long highObjectUpdate,
        long reserved,
        long highPropertyUpdate,
        UpToDatenessVector upToDateness,
        PrefixTable prefixes,
        int extendedResult,
        int objectCount,
        boolean hasObjects,
        boolean more,
        int linkCount,
        boolean hasLinks,
        int error) {
    static final int V6 = 6;
    static final int V9 = 9;

    private static final int MAX_OBJECTS = 1 << 20;

    /** Reads the head of a reply whose return value is 0, and leaves the reader at the objects. */
    public static ReplyHead read(NdrReader in) throws NdrException {
        int version = Drs.version(in, V6, V9);
        in.align(Long.BYTES);
        in.uuid();
        UUID invocation = in.uuid();
        boolean hasNc = in.pointer();
        in.usn();
        in.i64();
        in.usn();
        long highObject = in.usn();
        long reserved = in.i64();
        long highProperty = in.usn();
        boolean hasVector = in.pointer();
        PrefixTable.Head prefixHead = PrefixTable.Head.read(in);
        int extendedResult = in.i32();
        int objectCount = in.count(0, MAX_OBJECTS, "objects");
        in.i32();
        boolean hasObjects = in.pointer();
        boolean more = in.i32() != 0;
        in.i32();
        in.i32();
        int linkCount = in.count(0, LinkedValues.LIMIT, "linked values");
        boolean hasLinks = in.pointer();
        int error = in.i32();
        if (hasNc) {
            DsName.read(in);
        }
        UpToDatenessVector vector = hasVector ? VectorReader.read(in) : UpToDatenessVector.EMPTY;
        return new ReplyHead(
                version,
                invocation,
                highObject,
                reserved,
                highProperty,
                vector,
                PrefixTable.readEntries(in, prefixHead),
                extendedResult,
                objectCount,
                hasObjects,
                more,
                linkCount,
                hasLinks,
                error);
    }
}
