/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.drsr;

import io.passbridge.connector.ad.ndr.NdrWriter;
import io.passbridge.connector.ad.replication.DirectoryAttribute;
import io.passbridge.connector.ad.replication.ReplicationCursor;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * IDL_DRSGetNCChanges, requests of version 8 and 10 with a partial attribute set (MS-DRSR
 * 4.1.10.2.8 and 4.1.10.2.10).
 *
 * @param destination names the asking side; a controller need not know it, but it must not be all
 *     zero
 * @param target the naming context, or the object of an extended operation
 * @param cursor where to go on
 * @param watched object identifiers of attributes that are asked for beside them
 * @param schemaInfo the controller's schemaInfo entry as it was last seen, or empty
 */
public record GetNcChangesRequest(
        UUID destination,
        DsName target,
        ReplicationCursor cursor,
        Extended operation,
        int maxObjects,
        Set<DirectoryAttribute> attributes,
        Set<String> watched,
        byte[] schemaInfo) {
    public static final int V8 = 8;
    public static final int V10 = 10;

    /** DRS_WRIT_REP and DRS_INIT_SYNC. */
    private static final int FLAGS = 0x10 | 0x20;

    private static final int MAX_BYTES = 8 << 20;

    /** Extended operations (MS-DRSR 4.1.10.2.22). */
    public enum Extended {
        NONE(0),
        /** Only the object that is the target. */
        REPLICATE_OBJECT(6);

        private final int code;

        Extended(int code) {
            this.code = code;
        }
    }

    public NdrWriter write(byte[] handle, int version) {
        PrefixTable prefixes = PrefixTable.of(attributes, watched, schemaInfo);
        Map<UUID, Long> vector = new TreeMap<>(cursor.upToDateness().entries());
        NdrWriter out = new NdrWriter().bytes(handle).i32(version).i32(version).align(Long.BYTES);
        out.uuid(destination).uuid(cursor.sourceInvocation()).pointer(true);
        out.i64(cursor.highObjectUpdate()).i64(cursor.reserved()).i64(cursor.highPropertyUpdate());
        out.pointer(!vector.isEmpty())
                .i32(FLAGS)
                .i32(maxObjects)
                .i32(MAX_BYTES)
                .i32(operation.code);
        out.i64(0).pointer(true).pointer(false);
        prefixes.writeHead(out);
        if (version == V10) {
            out.i32(0);
        }
        target.write(out);
        writeVector(out, vector);
        writeAttributes(out, prefixes);
        prefixes.writeEntries(out);
        return out;
    }

    /** UPTODATE_VECTOR_V1_EXT (MS-DRSR 5.168). */
    private static void writeVector(NdrWriter out, Map<UUID, Long> vector) {
        if (!vector.isEmpty()) {
            out.i32(vector.size()).align(Long.BYTES);
            out.i32(1).i32(0).i32(vector.size()).i32(0);
            vector.forEach((id, usn) -> out.align(Long.BYTES).uuid(id).i64(usn));
        }
    }

    /** PARTIAL_ATTR_VECTOR_V1_EXT (MS-DRSR 5.147), in ascending order. */
    private void writeAttributes(NdrWriter out, PrefixTable prefixes) {
        Set<Integer> numbers = new TreeSet<>(Integer::compareUnsigned);
        attributes.forEach(attribute -> numbers.add(prefixes.attribute(attribute)));
        watched.forEach(oid -> numbers.add(prefixes.attribute(oid)));
        out.i32(numbers.size()).i32(1).i32(0).i32(numbers.size());
        numbers.forEach(out::i32);
    }
}
