/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.drsr;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Replies of a real controller, with each number in them in turn made far too large: whichever of
 * them is a count or a length must be refused before anything is allocated for it.
 */
class OversizedCountsTest {
    private static final List<Integer> TOO_LARGE =
            List.of(0x0011_0000, 0x1000_0000, Integer.MAX_VALUE, -1);

    @ParameterizedTest
    @ValueSource(strings = {"object", "empty", "v6", "v9"})
    void getNcChangesReply_withAnyNumberTooLarge_allocatesNothingForIt(String seed)
            throws IOException {
        spoil(
                read("GetNcChangesFuzzTestInputs/reply/" + seed),
                0,
                GetNcChangesFuzzTest::fuzzerTestOneInput);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bind", "controllers", "names"})
    void otherReply_withAnyNumberTooLarge_allocatesNothingForIt(String seed) throws IOException {
        spoil(
                read("DirectoryRepliesFuzzTestInputs/reply/" + seed),
                1,
                DirectoryRepliesFuzzTest::fuzzerTestOneInput);
    }

    private static byte[] read(String resource) throws IOException {
        try (InputStream in = OversizedCountsTest.class.getResourceAsStream(resource)) {
            return in.readAllBytes();
        }
    }

    private static void spoil(byte[] reply, int begin, Consumer<byte[]> decoder) {
        decoder.accept(reply);
        for (int at = begin; at + Integer.BYTES <= reply.length; at += Integer.BYTES) {
            for (int value : TOO_LARGE) {
                byte[] spoilt = reply.clone();
                ByteBuffer.wrap(spoilt).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
                decoder.accept(spoilt);
            }
        }
    }
}
