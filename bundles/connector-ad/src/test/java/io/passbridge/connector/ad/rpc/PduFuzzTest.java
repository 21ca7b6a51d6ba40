/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.rpc;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.passbridge.connector.ad.Decoding;
import io.passbridge.connector.ad.drsr.Drs;
import io.passbridge.connector.ad.ndr.NdrReader;
import io.passbridge.connector.ad.ndr.NdrWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

class PduFuzzTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final int MAX_REPLY = 1 << 16;

    @FuzzTest(maxDuration = "24h")
    void session(byte[] data) {
        fuzzerTestOneInput(data);
    }

    /**
     * The first octet chooses: a session without security, one that believes every seal, or a
     * mapper's answer.
     */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) {
            return;
        }
        byte[] said = Arrays.copyOfRange(data, 1, data.length);
        switch (data[0] % 3) {
            case 0 -> Decoding.check(said, PduFuzzTest::plain);
            case 1 -> Decoding.check(said, PduFuzzTest::sealed);
            default -> Decoding.check(said, input -> EndpointMapper.port(new NdrReader(input)));
        }
    }

    private static void plain(byte[] said) throws IOException {
        RpcConnection connection = MemoryWire.connection(said, MAX_REPLY);
        connection.bind(Drs.INTERFACE, LONG);
        calls(connection);
    }

    private static void sealed(byte[] said) throws IOException {
        RpcConnection connection = MemoryWire.connection(said, MAX_REPLY);
        connection.bind(Drs.INTERFACE, new Believing(), true, LONG);
        calls(connection);
    }

    private static void calls(RpcConnection connection) throws IOException {
        for (int i = 0; i < 3; i++) {
            connection.call(i, new NdrWriter().bytes(new byte[6000]), LONG).close();
        }
    }

    /** Takes every seal for good, so that what lies behind the verification is reached. */
    private static final class Believing implements RpcSecurity {
        @Override
        public int authType() {
            return 10;
        }

        @Override
        public String cipher() {
            return "none";
        }

        @Override
        public byte[] firstToken() {
            return new byte[40];
        }

        @Override
        public byte[] secondToken(byte[] fromServer) {
            return new byte[100];
        }

        @Override
        public boolean thirdLegIsAnswered() {
            return false;
        }

        @Override
        public void established(boolean headerSigning) {
            // nothing to remember
        }

        @Override
        public int verifierLength() {
            return 16;
        }

        @Override
        public void seal(byte[] pdu, int stub, int stubLength) {
            pdu[stub] ^= 1;
        }

        @Override
        public void unseal(byte[] buffer, int start, int stub, int stubLength, int verifierLength) {
            // touches both ends, so that a wrong bound shows
            buffer[stub + stubLength + TRAILER + verifierLength - 1] ^= buffer[start];
        }

        @Override
        public List<byte[]> sessionKeys() {
            return List.of();
        }

        @Override
        public void close() {
            // no key
        }
    }
}
