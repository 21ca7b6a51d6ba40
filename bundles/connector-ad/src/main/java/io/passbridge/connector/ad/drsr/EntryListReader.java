/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.drsr;

import io.passbridge.connector.ad.ndr.NdrException;
import io.passbridge.connector.ad.ndr.NdrReader;
import io.passbridge.connector.ad.replication.DirectoryAttribute;
import io.passbridge.connector.ad.replication.ReplicaObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The objects of a reply: REPLENTINFLIST (MS-DRSR 5.181).
 *
 * <p>The list is chained by its first member. On the wire therefore all fixed parts come first, in
 * order, and then all that they point to, the last object's first. It is read in two loops;
 * recursion would need a stack frame an object.
 */
final class EntryListReader {
    private static final int FIXED = 32;

    private final NdrReader in;
    private final EntryReader entries;

    EntryListReader(NdrReader in, PrefixTable prefixes, Optional<SecretDecryptor> decryptor) {
        this.in = in;
        Map<Integer, DirectoryAttribute> attributes = prefixes.attributes();
        this.entries = new EntryReader(in, prefixes, attributes, decryptor);
    }

    List<ReplicaObject> read(boolean present, int count) throws NdrException {
        if (!present || count == 0) {
            if (present || count != 0) {
                throw new NdrException(count + " objects contradict the list");
            }
            return List.of();
        }
        if (count > in.remaining() / FIXED) {
            throw new NdrException(count + " objects in " + in.remaining() + " bytes");
        }
        List<EntryHead> heads = new ArrayList<>(count);
        boolean next = true;
        while (next) {
            if (heads.size() == count) {
                throw new NdrException("the list of objects is longer than its count " + count);
            }
            next = in.pointer();
            heads.add(EntryHead.read(in));
        }
        if (heads.size() != count) {
            throw new NdrException(
                    "a list of " + heads.size() + " objects contradicts its count " + count);
        }
        List<ReplicaObject> objects = new ArrayList<>(count);
        try {
            for (int i = count - 1; i >= 0; i--) {
                objects.add(entries.read(heads.get(i)));
            }
        } catch (NdrException | RuntimeException e) {
            objects.forEach(ReplicaObject::close);
            throw e;
        }
        Collections.reverse(objects);
        return objects;
    }

    /** The fixed part of an entry behind its pointer to the next one. */
    record EntryHead(
            boolean name,
            int attributeCount,
            boolean attributes,
            boolean head,
            boolean parent,
            boolean metadata) {
        static EntryHead read(NdrReader in) throws NdrException {
            boolean name = in.pointer();
            in.i32();
            int count = in.count(0, EntryReader.MAX_ATTRIBUTES, "attributes");
            boolean attributes = in.pointer();
            boolean head = in.i32() != 0;
            return new EntryHead(name, count, attributes, head, in.pointer(), in.pointer());
        }
    }
}
