/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/**
 * Runs a decoder on arbitrary bytes: it may refuse them, but nothing else, and may not allocate
 * beyond measure.
 */
public final class Decoding {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** What a decoder may allocate for each byte that it was given: names become objects. */
    private static final long PER_BYTE = 400;

    private static final long FIXED = 4 << 20;

    private Decoding() {}

    /** Something that decodes. */
    public interface Decoder {
        void decode(byte[] input) throws IOException;
    }

    /** Lets {@link IOException} pass as a refusal; everything else is a finding. */
    public static void check(byte[] input, Decoder decoder) {
        // the first run also loads classes; only what is allocated every time counts
        long allocated = run(input, decoder);
        for (int again = 0; again < 3 && allocated > FIXED + PER_BYTE * input.length; again++) {
            allocated = run(input, decoder);
        }
        if (allocated > FIXED + PER_BYTE * input.length) {
            throw new AssertionError(
                    allocated + " bytes allocated for an input of " + input.length);
        }
    }

    private static long run(byte[] input, Decoder decoder) {
        byte[] copy = input.clone();
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            decoder.decode(copy);
        } catch (IOException e) {
            if (e.getMessage() == null) {
                throw new AssertionError("a refusal without words", e);
            }
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
