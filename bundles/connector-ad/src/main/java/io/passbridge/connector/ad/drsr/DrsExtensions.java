/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.drsr;

import io.passbridge.connector.ad.ndr.NdrException;
import io.passbridge.connector.ad.ndr.NdrReader;
import io.passbridge.connector.ad.ndr.NdrWriter;
import java.util.Arrays;
import java.util.UUID;

/**
 * What each side can do (MS-DRSR 5.39, DRS_EXTENSIONS_INT).
 *
 * @param flags dwFlags
 * @param epoch dwReplEpoch, which both sides must agree on
 * @param flagsExt dwFlagsExt
 */
public record DrsExtensions(int flags, UUID site, int epoch, int flagsExt) {
    public static final int STRONG_ENCRYPTION = 0x0000_8000;
    public static final int GETCHGREQ_V6 = 0x0040_0000;
    public static final int NONDOMAIN_NCS = 0x0080_0000;
    public static final int GETCHGREQ_V8 = 0x0100_0000;
    public static final int GETCHGREPLY_V6 = 0x0400_0000;
    public static final int GETCHGREQ_V10 = 0x2000_0000;

    /** In dwFlagsExt. */
    public static final int GETCHGREPLY_V9 = 0x0000_0100;

    /** What this client can do; compressed replies are not announced. */
    public static final int CLIENT_FLAGS =
            STRONG_ENCRYPTION
                    | GETCHGREQ_V6
                    | NONDOMAIN_NCS
                    | GETCHGREQ_V8
                    | GETCHGREPLY_V6
                    | GETCHGREQ_V10;

    private static final int BYTES = 52;
    private static final int LIMIT = 1 << 12;

    /** The client's own, for the given replication epoch. */
    public static DrsExtensions ofClient(int epoch) {
        return new DrsExtensions(CLIENT_FLAGS, new UUID(0, 0), epoch, GETCHGREPLY_V9);
    }

    void write(NdrWriter out) {
        out.i32(BYTES - Integer.BYTES).i32(BYTES - Integer.BYTES);
        out.i32(flags).uuid(site).i32(0).i32(epoch).i32(flagsExt).uuid(new UUID(0, 0)).i32(-1);
    }

    /** Reads a structure of any age: what is missing at its end is zero. */
    static DrsExtensions read(NdrReader in) throws NdrException {
        int length = in.count(1, LIMIT, "extension bytes");
        in.sameCount(length, "extension bytes");
        byte[] padded = Arrays.copyOf(in.bytes(length), Math.max(length, BYTES));
        NdrReader fields = new NdrReader(padded);
        int flags = fields.i32();
        UUID site = fields.uuid();
        fields.i32();
        return new DrsExtensions(flags, site, fields.i32(), fields.i32());
    }

    /** Whether all bits are set in dwFlags. */
    public boolean has(int bits) {
        return (flags & bits) == bits;
    }
}
