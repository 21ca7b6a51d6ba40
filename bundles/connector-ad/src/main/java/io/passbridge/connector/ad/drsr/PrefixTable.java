/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.drsr;

import io.passbridge.connector.ad.ndr.NdrException;
import io.passbridge.connector.ad.ndr.NdrReader;
import io.passbridge.connector.ad.ndr.NdrWriter;
import io.passbridge.connector.ad.replication.DirectoryAttribute;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Translates between object identifiers and the numbers that stand for them in one message (MS-DRSR
 * 5.16.4 and 5.179, SCHEMA_PREFIX_TABLE). Numbers of different messages have nothing to do with
 * each other.
 */
public final class PrefixTable {
    private static final int MAX_ENTRIES = 1 << 16;
    private static final int MAX_PREFIX = 1 << 10;
    private static final int ENTRY = 12;
    private static final int SCHEMA_INFO = 21;
    private static final byte SCHEMA_INFO_MARK = (byte) 0xff;
    private static final int LONG_ARC = 0x80;
    private static final int MODULUS = 0x4000;
    private static final int HIGH_ARC = 0x8000;

    private final Map<Integer, byte[]> prefixes;
    private final byte[] schemaInfo;

    private PrefixTable(Map<Integer, byte[]> prefixes, byte[] schemaInfo) {
        this.prefixes = prefixes;
        this.schemaInfo = schemaInfo;
    }

    /**
     * A table that just holds the prefixes of the given attributes.
     *
     * @param schemaInfo as the controller sent it last, or empty
     */
    public static PrefixTable of(Collection<DirectoryAttribute> attributes, byte[] schemaInfo) {
        return of(attributes, Set.of(), schemaInfo);
    }

    /**
     * As above.
     *
     * @param more object identifiers of further attributes
     */
    public static PrefixTable of(
            Collection<DirectoryAttribute> attributes, Collection<String> more, byte[] schemaInfo) {
        Stream<String> oids =
                Stream.concat(
                        Arrays.stream(DirectoryAttribute.values())
                                .filter(attributes::contains)
                                .map(DirectoryAttribute::oid),
                        more.stream().sorted());
        Map<Integer, byte[]> prefixes = new LinkedHashMap<>();
        oids.map(oid -> prefix(Oid.encode(oid)))
                .filter(
                        prefix ->
                                prefixes.values().stream().noneMatch(p -> Arrays.equals(p, prefix)))
                .forEach(prefix -> prefixes.put(prefixes.size(), prefix));
        byte[] none = new byte[SCHEMA_INFO];
        none[0] = SCHEMA_INFO_MARK;
        return new PrefixTable(
                prefixes, schemaInfo.length == SCHEMA_INFO ? schemaInfo.clone() : none);
    }

    /** The schemaInfo entry; empty if there was none. */
    public byte[] schemaInfo() {
        return schemaInfo.clone();
    }

    /** The number of an attribute, or -1 if the table has no prefix for it. */
    public int attribute(DirectoryAttribute attribute) {
        return attribute(attribute.oid());
    }

    /** The same for an attribute by its object identifier. */
    public int attribute(String oid) {
        byte[] prefix = prefix(Oid.encode(oid));
        int arc = Integer.parseInt(oid.substring(oid.lastIndexOf('.') + 1));
        int low = arc % MODULUS + (arc >= MODULUS ? HIGH_ARC : 0);
        return prefixes.entrySet().stream()
                .filter(e -> Arrays.equals(e.getValue(), prefix))
                .map(e -> e.getKey() << Short.SIZE | low)
                .findFirst()
                .orElse(-1);
    }

    /** The attributes by their numbers in this message. */
    public Map<Integer, DirectoryAttribute> attributes() {
        Map<Integer, DirectoryAttribute> all = new HashMap<>();
        for (DirectoryAttribute attribute : DirectoryAttribute.values()) {
            int number = attribute(attribute);
            if (number != -1) {
                all.put(number, attribute);
            }
        }
        return all;
    }

    /**
     * The object identifier that a number stands for (OidFromAttid); empty if its prefix is not in
     * the table.
     */
    public String oid(int number) {
        byte[] prefix = prefixes.get(number >>> Short.SIZE);
        if (prefix == null) {
            return "";
        }
        int low = number & 0xffff;
        if (low < LONG_ARC) {
            byte[] oid = Arrays.copyOf(prefix, prefix.length + 1);
            oid[prefix.length] = (byte) low;
            return Oid.decode(oid);
        }
        int arc = low >= HIGH_ARC ? low - HIGH_ARC : low;
        byte[] oid = Arrays.copyOf(prefix, prefix.length + 2);
        oid[prefix.length] = (byte) (arc >>> 7 & 0x7f | 0x80);
        oid[prefix.length + 1] = (byte) (arc & 0x7f);
        return Oid.decode(oid);
    }

    /** The fixed part, inside the request. */
    void writeHead(NdrWriter out) {
        out.i32(prefixes.size() + 1).pointer(true);
    }

    /** The deferred part. The schemaInfo entry is last, as controllers require it. */
    void writeEntries(NdrWriter out) {
        out.i32(prefixes.size() + 1);
        prefixes.forEach((index, prefix) -> out.i32(index).i32(prefix.length).pointer(true));
        out.i32(0).i32(schemaInfo.length).pointer(true);
        prefixes.values().forEach(prefix -> out.i32(prefix.length).bytes(prefix));
        out.i32(schemaInfo.length).bytes(schemaInfo);
    }

    /** The fixed part, as received. */
    record Head(int count, boolean present) {
        static Head read(NdrReader in) throws NdrException {
            return new Head(in.count(0, MAX_ENTRIES, "prefixes"), in.pointer());
        }
    }

    static PrefixTable readEntries(NdrReader in, Head head) throws NdrException {
        if (!head.present()) {
            return new PrefixTable(Map.of(), new byte[0]);
        }
        int count = head.count();
        in.sameCount(count, "prefixes");
        if (count > in.remaining() / ENTRY) {
            throw new NdrException(count + " prefixes in " + in.remaining() + " bytes");
        }
        int[] index = new int[count];
        int[] length = new int[count];
        boolean[] present = new boolean[count];
        for (int i = 0; i < count; i++) {
            index[i] = in.i32();
            length[i] = in.count(0, MAX_PREFIX, "prefix bytes");
            present[i] = in.pointer();
        }
        Map<Integer, byte[]> prefixes = new LinkedHashMap<>();
        byte[] schemaInfo = {};
        for (int i = 0; i < count; i++) {
            if (present[i]) {
                in.sameCount(length[i], "prefix bytes");
                byte[] prefix = in.bytes(length[i]);
                if (length[i] == SCHEMA_INFO && prefix[0] == SCHEMA_INFO_MARK) {
                    schemaInfo = prefix;
                } else {
                    prefixes.put(index[i], prefix);
                }
            }
        }
        return new PrefixTable(prefixes, schemaInfo);
    }

    /**
     * Everything but the last arc, as MakeAttid cuts it: two octets if the arc takes more than one.
     */
    private static byte[] prefix(byte[] encoded) {
        int last = encoded[encoded.length - 2] < 0 ? 2 : 1;
        return Arrays.copyOf(encoded, encoded.length - last);
    }
}
