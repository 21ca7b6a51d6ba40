/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.drsr;

import io.passbridge.connector.ad.ndr.NdrException;
import io.passbridge.connector.ad.ndr.NdrReader;

/**
 * Passes over the linked values of a reply, such as group memberships: REPLVALINF_V1 and
 * REPLVALINF_V3 (MS-DRSR 5.182 and 5.183). They are not used, but every one of their bytes is
 * accounted for.
 */
final class LinkedValues {
    /** The range that the specification gives cNumValues. */
    static final int LIMIT = 1 << 20;

    private static final int FIXED_V1 = 72;
    private static final int FIXED_V3 = 96;
    private static final int MAX_VALUE = 1 << 24;

    private LinkedValues() {}

    static void pass(NdrReader in, boolean present, int count, boolean v3) throws NdrException {
        if (!present) {
            if (count != 0) {
                throw new NdrException(count + " linked values were announced and did not come");
            }
            return;
        }
        in.sameCount(count, "linked values");
        if (count > 0) {
            in.align(Long.BYTES);
        }
        int size = v3 ? FIXED_V3 : FIXED_V1;
        if (count > in.remaining() / size) {
            throw new NdrException(count + " linked values in " + in.remaining() + " bytes");
        }
        boolean[] object = new boolean[count];
        boolean[] value = new boolean[count];
        int[] length = new int[count];
        for (int i = 0; i < count; i++) {
            in.align(Long.BYTES);
            int start = in.position();
            object[i] = in.pointer();
            in.i32();
            length[i] = in.count(0, MAX_VALUE, "value bytes");
            value[i] = in.pointer();
            in.skip(size - (in.position() - start));
        }
        for (int i = 0; i < count; i++) {
            if (object[i]) {
                DsName.read(in);
            }
            if (value[i]) {
                in.sameCount(length[i], "value bytes");
                in.skip(length[i]);
            }
        }
    }
}
