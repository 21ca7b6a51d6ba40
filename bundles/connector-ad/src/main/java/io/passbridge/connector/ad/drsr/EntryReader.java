/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.drsr;

import io.passbridge.connector.ad.drsr.EntryListReader.EntryHead;
import io.passbridge.connector.ad.legacy.LegacyPrimitives;
import io.passbridge.connector.ad.ndr.NdrException;
import io.passbridge.connector.ad.ndr.NdrReader;
import io.passbridge.connector.ad.replication.AttributeMetadata;
import io.passbridge.connector.ad.replication.DirectoryAttribute;
import io.passbridge.connector.ad.replication.HashState;
import io.passbridge.connector.ad.replication.ReplicaObject;
import io.passbridge.credential.NtHash;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one entry of the list of objects points to: its name, ATTRBLOCK, parent and
 * PROPERTY_META_DATA_EXT_VECTOR (MS-DRSR 5.9, 5.16, 5.161).
 */
final class EntryReader {
    static final int MAX_ATTRIBUTES = 1 << 16;

    private static final int ATTRIBUTE = 12;
    private static final int VALUE = 8;
    private static final int METADATA = 40;
    private static final int MAX_VALUES = 1 << 20;
    private static final int MAX_VALUE = 1 << 26;
    private static final int PARENT_GUID = 16;

    private final NdrReader in;
    private final PrefixTable prefixes;
    private final Map<Integer, DirectoryAttribute> known;
    private final Optional<SecretDecryptor> decryptor;

    EntryReader(
            NdrReader in,
            PrefixTable prefixes,
            Map<Integer, DirectoryAttribute> known,
            Optional<SecretDecryptor> decryptor) {
        this.in = in;
        this.prefixes = prefixes;
        this.known = known;
        this.decryptor = decryptor;
    }

    ReplicaObject read(EntryHead head) throws NdrException {
        if (!head.name()) {
            throw new NdrException("an object without a name");
        }
        DsName name = DsName.read(in);
        DirectoryAttribute[] order = new DirectoryAttribute[head.attributeCount()];
        Map<DirectoryAttribute, List<byte[]>> values = new EnumMap<>(DirectoryAttribute.class);
        if (head.attributes()) {
            readAttributes(order, values);
        }
        if (head.parent()) {
            in.align(Integer.BYTES);
            in.skip(PARENT_GUID);
        }
        Map<DirectoryAttribute, AttributeMetadata> metadata =
                head.metadata() ? readMetadata(order) : Map.of();
        return complete(name, head.head(), values, metadata);
    }

    private void readAttributes(
            DirectoryAttribute[] order, Map<DirectoryAttribute, List<byte[]>> values)
            throws NdrException {
        in.sameCount(order.length, "attributes");
        if (order.length > in.remaining() / ATTRIBUTE) {
            throw new NdrException(order.length + " attributes in " + in.remaining() + " bytes");
        }
        int[] counts = new int[order.length];
        boolean[] present = new boolean[order.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = known.get(in.i32());
            counts[i] = in.count(0, MAX_VALUES, "values");
            present[i] = in.pointer();
        }
        for (int i = 0; i < order.length; i++) {
            List<byte[]> read = present[i] ? readValues(counts[i], order[i] != null) : List.of();
            if (order[i] != null && values.put(order[i], read) != null) {
                throw new NdrException("an object carries " + order[i].ldapName() + " twice");
            }
        }
    }

    private List<byte[]> readValues(int count, boolean wanted) throws NdrException {
        in.sameCount(count, "values");
        if (count > in.remaining() / VALUE) {
            throw new NdrException(count + " values in " + in.remaining() + " bytes");
        }
        int[] lengths = new int[count];
        boolean[] present = new boolean[count];
        for (int i = 0; i < count; i++) {
            lengths[i] = in.count(0, MAX_VALUE, "value bytes");
            present[i] = in.pointer();
        }
        List<byte[]> values = new ArrayList<>(wanted ? count : 0);
        for (int i = 0; i < count; i++) {
            if (present[i]) {
                in.sameCount(lengths[i], "value bytes");
                if (wanted) {
                    values.add(in.bytes(lengths[i]));
                } else {
                    in.skip(lengths[i]);
                }
            }
        }
        return values;
    }

    private Map<DirectoryAttribute, AttributeMetadata> readMetadata(DirectoryAttribute[] order)
            throws NdrException {
        int count = in.count(METADATA, MAX_ATTRIBUTES, "metadata");
        in.align(Long.BYTES);
        in.sameCount(count, "metadata");
        if (count != order.length) {
            throw new NdrException(count + " metadata for " + order.length + " attributes");
        }
        Map<DirectoryAttribute, AttributeMetadata> all = new EnumMap<>(DirectoryAttribute.class);
        for (DirectoryAttribute attribute : order) {
            in.align(Long.BYTES);
            if (attribute == null) {
                in.skip(METADATA);
            } else {
                all.put(attribute, new AttributeMetadata(in.u32(), in.i64(), in.uuid(), in.i64()));
            }
        }
        return all;
    }

    private ReplicaObject complete(
            DsName name,
            boolean head,
            Map<DirectoryAttribute, List<byte[]>> values,
            Map<DirectoryAttribute, AttributeMetadata> metadata) {
        List<byte[]> sealedKeys = values.remove(DirectoryAttribute.SUPPLEMENTAL_CREDENTIALS);
        List<byte[]> sealed = values.remove(DirectoryAttribute.UNICODE_PWD);
        HashState state = HashState.NOT_SENT;
        Optional<NtHash> hash = Optional.empty();
        if (sealed != null && sealed.isEmpty()) {
            state = HashState.CLEARED;
        } else if (sealed != null && decryptor.isEmpty()) {
            state = HashState.SEALED;
        } else if (sealed != null) {
            byte[] envelope = sealed.get(0);
            // the identifier in the name is there in every delta; the attribute objectSid is not
            long rid = name.sid().map(Sid::rid).orElse(0L);
            hash = decryptor.get().decrypt(envelope, 0, envelope.length, rid);
            sealed.forEach(LegacyPrimitives::wipe);
            state = hash.isPresent() ? HashState.PRESENT : HashState.UNREADABLE;
        }
        if (state == HashState.PRESENT && sealedKeys != null && !sealedKeys.isEmpty()) {
            try {
                hash = Optional.of(withKeys(hash.get(), sealedKeys.get(0)));
            } catch (NdrException e) {
                hash.get().close();
                hash = Optional.empty();
                state = HashState.KEYS_UNREADABLE;
            }
        }
        return new ReplicaObject(
                name.guid(),
                name.name(),
                name.sid().map(Sid::text),
                head,
                values,
                metadata,
                classes(values),
                state,
                hash);
    }

    private NtHash withKeys(NtHash hash, byte[] envelope) throws NdrException {
        byte[] opened =
                decryptor
                        .orElseThrow()
                        .open(envelope)
                        .orElseThrow(() -> new NdrException("no session key opens the keys"));
        try {
            return StoredKeys.read(opened).map(hash::withKeys).orElse(hash);
        } finally {
            LegacyPrimitives.wipe(opened, envelope);
        }
    }

    private List<String> classes(Map<DirectoryAttribute, List<byte[]>> values) {
        List<String> classes = new ArrayList<>();
        for (byte[] value : values.getOrDefault(DirectoryAttribute.OBJECT_CLASS, List.of())) {
            if (value.length == Integer.BYTES) {
                classes.add(
                        prefixes.oid(
                                value[0] & 0xff
                                        | (value[1] & 0xff) << 8
                                        | (value[2] & 0xff) << 16
                                        | value[3] << 24));
            }
        }
        return classes;
    }
}
