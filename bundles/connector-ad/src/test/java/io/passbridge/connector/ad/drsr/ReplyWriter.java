/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.drsr;

import io.passbridge.connector.ad.ndr.NdrWriter;
import io.passbridge.connector.ad.replication.DirectoryAttribute;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Writes GetNCChanges replies as a controller does, in both forms. */
public final class ReplyWriter {
    public static final UUID SOURCE = UUID.fromString("0f2dafd2-4325-49f7-92f5-461ee4d5d7f9");

    private static final byte[] SID = {
        1,
        5,
        0,
        0,
        0,
        0,
        0,
        5,
        21,
        0,
        0,
        0,
        1,
        0,
        0,
        0,
        2,
        0,
        0,
        0,
        3,
        0,
        0,
        0,
        (byte) 0xf4,
        1,
        0,
        0
    };

    private final PrefixTable prefixes =
            PrefixTable.of(EnumSet.allOf(DirectoryAttribute.class), new byte[0]);
    private final List<Entry> entries = new ArrayList<>();
    private int version = 6;
    private int links;
    private long high = 100;
    private long reserved;
    private boolean more;
    private int error;
    private int announcedObjects = -1;

    private record Entry(String dn, Map<DirectoryAttribute, byte[]> values) {}

    public ReplyWriter version(int number) {
        version = number;
        return this;
    }

    public ReplyWriter position(long highUpdate, long reservedPart, boolean moreFollows) {
        high = highUpdate;
        reserved = reservedPart;
        more = moreFollows;
        return this;
    }

    public ReplyWriter links(int count) {
        links = count;
        return this;
    }

    public ReplyWriter error(int code) {
        error = code;
        return this;
    }

    public ReplyWriter announcing(int objects) {
        announcedObjects = objects;
        return this;
    }

    /** Adds an object; an attribute with an empty array has no values. */
    public ReplyWriter object(String dn, Map<DirectoryAttribute, byte[]> values) {
        entries.add(new Entry(dn, new TreeMap<>(values)));
        return this;
    }

    public byte[] write(int status) {
        NdrWriter out = new NdrWriter().i32(version).i32(version).align(8);
        out.uuid(new UUID(1, 1)).uuid(SOURCE).pointer(true);
        out.i64(0).i64(0).i64(0);
        out.i64(high).i64(reserved).i64(more ? 0 : high);
        out.pointer(!more);
        prefixes.writeHead(out);
        out.i32(1).i32(announcedObjects < 0 ? entries.size() : announcedObjects).i32(0);
        out.pointer(!entries.isEmpty()).i32(more ? 1 : 0).i32(0).i32(0);
        out.i32(links).pointer(links > 0).i32(error);
        name(out, "DC=corp,DC=example");
        if (!more) {
            out.i32(1).align(8).i32(2).i32(0).i32(1).i32(0).align(8).uuid(SOURCE).i64(high).i64(0);
        }
        prefixes.writeEntries(out);
        for (int i = 0; i < entries.size(); i++) {
            out.pointer(i < entries.size() - 1).pointer(true).i32(0);
            out.i32(entries.get(i).values().size())
                    .pointer(true)
                    .i32(0)
                    .pointer(true)
                    .pointer(true);
        }
        for (int i = entries.size() - 1; i >= 0; i--) {
            deferred(out, entries.get(i));
        }
        links(out);
        return out.align(4).i32(status).toBytes();
    }

    private void deferred(NdrWriter out, Entry entry) {
        name(out, entry.dn());
        int count = entry.values().size();
        out.i32(count);
        entry.values()
                .forEach(
                        (attribute, value) -> {
                            boolean some = value.length > 0;
                            out.i32(prefixes.attribute(attribute)).i32(some ? 1 : 0).pointer(some);
                        });
        for (byte[] value : entry.values().values()) {
            if (value.length > 0) {
                out.i32(1).i32(value.length).pointer(true).i32(value.length).bytes(value);
            }
        }
        out.align(4).uuid(new UUID(2, 2));
        out.i32(count).align(8).i32(count);
        for (int i = 0; i < count; i++) {
            out.align(8).i32(3 + i).i64(13_439_723_069L).uuid(SOURCE).i64(3941 + i);
        }
    }

    private void links(NdrWriter out) {
        if (links > 0) {
            out.i32(links).align(8);
            for (int i = 0; i < links; i++) {
                out.align(8).pointer(true).i32(0x2001f).i32(3).pointer(true).i32(1);
                out.i64(1).align(8).i32(1).i64(2).uuid(SOURCE).i64(3);
                if (version == 9) {
                    out.i32(0).i32(0).i32(0).i64(0);
                }
            }
            for (int i = 0; i < links; i++) {
                name(out, "CN=group" + i);
                out.i32(3).bytes(new byte[3]);
            }
        }
    }

    private static void name(NdrWriter out, String dn) {
        int units = dn.length() + 1;
        out.i32(units)
                .i32(56 + 2 * units)
                .i32(SID.length)
                .uuid(new UUID(dn.hashCode(), 5))
                .bytes(SID);
        out.i32(dn.length()).utf16(dn).u16(0);
    }
}
