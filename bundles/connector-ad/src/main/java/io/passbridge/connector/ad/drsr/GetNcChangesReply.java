/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.drsr;

import io.passbridge.connector.ad.ndr.NdrException;
import io.passbridge.connector.ad.ndr.NdrReader;
import io.passbridge.connector.ad.replication.ReplicaObject;
import io.passbridge.connector.ad.replication.UpToDatenessVector;
import java.util.List;
import java.util.UUID;

/**
 * IDL_DRSGetNCChanges, uncompressed replies of version 6 and 9 (MS-DRSR 4.1.10.2.11 and
 * 4.1.10.2.14). They differ in the form of the linked values only.
 *
 * @param extendedResult ulExtendedRet, 1 for a successful extended operation
 * @param schemaInfo the controller's schemaInfo entry
 */
public record GetNcChangesReply(
        UUID sourceInvocation,
        long highObjectUpdate,
        long reserved,
        long highPropertyUpdate,
        UpToDatenessVector upToDateness,
        int extendedResult,
        List<ReplicaObject> objects,
        int linkedValues,
        boolean more,
        byte[] schemaInfo,
        int error)
        implements AutoCloseable {
    private static final int V6 = 6;
    private static final int V9 = 9;
    private static final int MAX_OBJECTS = 1 << 20;

    /**
     * Decodes a reply whose return value is 0.
     *
     * @param decryptor for the hashes of the objects
     */
    public static GetNcChangesReply read(NdrReader in, SecretDecryptor decryptor)
            throws NdrException {
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
        PrefixTable prefixes = PrefixTable.readEntries(in, prefixHead);
        EntryListReader entries = new EntryListReader(in, prefixes, decryptor);
        List<ReplicaObject> objects = entries.read(hasObjects, objectCount);
        try {
            LinkedValues.pass(in, hasLinks, linkCount, version == V9);
            requireEnd(in);
        } catch (NdrException e) {
            objects.forEach(ReplicaObject::close);
            throw e;
        }
        return new GetNcChangesReply(
                invocation,
                highObject,
                reserved,
                highProperty,
                vector,
                extendedResult,
                objects,
                linkCount,
                more,
                prefixes.schemaInfo(),
                error);
    }

    /** Nothing but the return value may be left: otherwise something was misread. */
    private static void requireEnd(NdrReader in) throws NdrException {
        in.align(Integer.BYTES);
        if (in.remaining() != Integer.BYTES) {
            throw new NdrException(
                    in.remaining() + " bytes are left behind the reply instead of 4");
        }
    }

    @Override
    public void close() {
        objects.forEach(ReplicaObject::close);
    }
}
