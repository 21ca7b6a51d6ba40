/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.ndr;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.passbridge.connector.ad.Decoding;

class NdrFuzzTest {
    private static final int LIMIT = 1 << 20;

    @FuzzTest(maxDuration = "24h")
    void read(byte[] data) {
        fuzzerTestOneInput(data);
    }

    /** The first half of the input chooses what is read from the second. */
    public static void fuzzerTestOneInput(byte[] data) {
        int half = data.length / 2;
        Decoding.check(
                data,
                input -> {
                    NdrReader in = new NdrReader(input, half, input.length - half);
                    for (int i = 0; i < half; i++) {
                        step(in, input[i] & 0xff);
                    }
                });
    }

    private static void step(NdrReader in, int choice) throws NdrException {
        switch (choice % 16) {
            case 0 -> in.u8();
            case 1 -> in.u16();
            case 2 -> in.i32();
            case 3 -> in.i64();
            case 4 -> in.usn();
            case 5 -> in.uuid();
            case 6 -> in.pointer();
            case 7 -> in.bytes(in.count(1, LIMIT, "bytes"));
            case 8 -> in.utf16(in.count(2, LIMIT, "units"));
            case 9 -> in.string(LIMIT);
            case 10 -> in.align(1 << choice / 64);
            case 11 -> in.skip(in.i32());
            case 12 -> in.sameCount(choice / 16, "things");
            case 13 -> in.sameCountOrMore(choice / 16, LIMIT, "things");
            case 14 -> in.utf16(in.i32());
            default -> in.lastInt();
        }
    }
}
