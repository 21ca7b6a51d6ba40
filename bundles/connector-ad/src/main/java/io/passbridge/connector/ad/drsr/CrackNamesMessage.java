/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.drsr;

import io.passbridge.connector.ad.ndr.NdrException;
import io.passbridge.connector.ad.ndr.NdrReader;
import io.passbridge.connector.ad.ndr.NdrWriter;
import io.passbridge.connector.ad.replication.CrackedName;
import io.passbridge.connector.ad.replication.NameFormat;
import java.util.ArrayList;
import java.util.List;

/** IDL_DRSCrackNames, version 1 (MS-DRSR 4.1.4). */
public final class CrackNamesMessage {
    /** What this client asks for at most in one call. */
    public static final int MAX_NAMES = 1000;

    private static final int MAX_TEXT = 1 << 15;
    private static final int ITEM = 12;

    private CrackNamesMessage() {}

    public static NdrWriter request(
            byte[] handle, NameFormat offered, NameFormat wanted, List<String> names) {
        NdrWriter out = new NdrWriter().bytes(handle).i32(1).i32(1);
        out.i32(0).i32(0).i32(0).i32(offered.code()).i32(wanted.code());
        out.i32(names.size()).pointer(true).i32(names.size());
        names.forEach(name -> out.pointer(true));
        names.forEach(out::string);
        return out;
    }

    /** Reads a reply whose return value is 0; it must answer every name. */
    public static List<CrackedName> reply(NdrReader in, int asked) throws NdrException {
        Drs.version(in, 1);
        if (!in.pointer()) {
            throw new NdrException("name cracking gave no result");
        }
        in.sameCount(asked, "names");
        if (!in.pointer()) {
            throw new NdrException("name cracking gave no items");
        }
        in.sameCount(asked, "names");
        if (asked > in.remaining() / ITEM) {
            throw new NdrException(asked + " names in " + in.remaining() + " bytes");
        }
        int[] status = new int[asked];
        boolean[] domain = new boolean[asked];
        boolean[] name = new boolean[asked];
        for (int i = 0; i < asked; i++) {
            status[i] = in.i32();
            domain[i] = in.pointer();
            name[i] = in.pointer();
        }
        List<CrackedName> all = new ArrayList<>();
        for (int i = 0; i < asked; i++) {
            String dnsDomain = domain[i] ? in.string(MAX_TEXT) : "";
            all.add(new CrackedName(status[i], dnsDomain, name[i] ? in.string(MAX_TEXT) : ""));
        }
        return all;
    }
}
