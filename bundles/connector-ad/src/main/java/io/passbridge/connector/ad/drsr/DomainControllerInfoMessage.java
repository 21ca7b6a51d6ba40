/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.drsr;

import io.passbridge.connector.ad.ndr.NdrException;
import io.passbridge.connector.ad.ndr.NdrReader;
import io.passbridge.connector.ad.ndr.NdrWriter;
import io.passbridge.connector.ad.replication.DomainControllerInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** IDL_DRSDomainControllerInfo with levels 2 and 3 (MS-DRSR 4.1.5). */
public final class DomainControllerInfoMessage {
    /** The level that also tells read-only controllers. */
    public static final int LEVEL_3 = 3;

    public static final int LEVEL_2 = 2;

    private static final int TEXTS = 7;
    private static final int MAX_ITEMS = 10_000;
    private static final int MAX_TEXT = 4096;
    private static final int LEAST_ITEM = 104;

    private DomainControllerInfoMessage() {}

    public static NdrWriter request(byte[] handle, String dnsDomain, int level) {
        NdrWriter out = new NdrWriter().bytes(handle).i32(1).i32(1);
        return out.pointer(true).i32(level).string(dnsDomain);
    }

    /** Reads a reply whose return value is 0. */
    public static List<DomainControllerInfo> reply(NdrReader in) throws NdrException {
        int level = Drs.version(in, LEVEL_2, LEVEL_3);
        int count = in.count(0, MAX_ITEMS, "controllers");
        if (!in.pointer()) {
            return List.of();
        }
        in.sameCount(count, "controllers");
        if (count > in.remaining() / LEAST_ITEM) {
            throw new NdrException(count + " controllers in " + in.remaining() + " bytes");
        }
        List<Fixed> fixed = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            fixed.add(Fixed.read(in, level));
        }
        List<DomainControllerInfo> all = new ArrayList<>();
        for (Fixed one : fixed) {
            all.add(one.complete(in));
        }
        return all;
    }

    /** The part of an item that comes before the texts of all items. */
    private record Fixed(
            boolean[] texts,
            boolean primary,
            boolean enabled,
            boolean catalog,
            boolean readOnly,
            UUID dsa) {
        static Fixed read(NdrReader in, int level) throws NdrException {
            boolean[] texts = new boolean[TEXTS];
            for (int i = 0; i < TEXTS; i++) {
                texts[i] = in.pointer();
            }
            boolean primary = in.i32() != 0;
            boolean enabled = in.i32() != 0;
            boolean catalog = in.i32() != 0;
            boolean readOnly = level == LEVEL_3 && in.i32() != 0;
            in.uuid();
            in.uuid();
            in.uuid();
            return new Fixed(texts, primary, enabled, catalog, readOnly, in.uuid());
        }

        DomainControllerInfo complete(NdrReader in) throws NdrException {
            String[] text = new String[TEXTS];
            for (int i = 0; i < TEXTS; i++) {
                text[i] = texts[i] ? in.string(MAX_TEXT) : "";
            }
            return new DomainControllerInfo(
                    text[0], text[1], text[2], primary, enabled, catalog, readOnly, text[4], dsa);
        }
    }
}
