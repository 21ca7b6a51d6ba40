/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.session;

import io.passbridge.connector.ad.FixedPolicy;
import io.passbridge.connector.ad.drsr.Drs;
import io.passbridge.connector.ad.legacy.LegacyPrimitives;
import io.passbridge.connector.ad.ndr.NdrReader;
import io.passbridge.connector.ad.ndr.NdrWriter;
import io.passbridge.connector.ad.ntlm.NtlmSecurity;
import io.passbridge.connector.ad.rpc.MemoryWire;
import io.passbridge.connector.ad.rpc.RpcConnection;
import io.passbridge.connector.ad.rpc.RpcReply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/**
 * Takes the seeds of the fuzz targets out of the recordings. Usage: FOLDER (src/test/resources).
 */
final class FuzzSeeds {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final String BASE = "io/passbridge/connector/ad/";

    private FuzzSeeds() {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]).resolve(BASE);
        byte[] said = Recording.load("ntlm").fromServer();
        Recording recording = Recording.load("ntlm");
        LegacyPrimitives legacy = new LegacyPrimitives(FixedPolicy.permitting());
        RpcConnection connection = MemoryWire.connection(said, 1 << 24);
        NtlmSecurity security =
                new NtlmSecurity(
                        legacy,
                        Recording.USER,
                        Recording.DOMAIN,
                        Recording.PASSWORD.getBytes(StandardCharsets.UTF_16LE),
                        "ldap/dc1.corp.example",
                        new ConstantRandom(),
                        recording.clock());
        connection.bind(Drs.INTERFACE, security, false, LONG);
        seed(folder, "drsr/DirectoryRepliesFuzzTestInputs/reply/bind", 0, reply(connection));
        byte[] level3 = reply(connection);
        byte[] controllers = new NdrReader(level3).lastInt() == 0 ? level3 : reply(connection);
        seed(folder, "drsr/DirectoryRepliesFuzzTestInputs/reply/controllers", 1, controllers);
        seed(folder, "drsr/DirectoryRepliesFuzzTestInputs/reply/names", 2, reply(connection));
        reply(connection);
        reply(connection);
        plain(folder, "drsr/GetNcChangesFuzzTestInputs/reply/last-page", reply(connection));
        plain(folder, "drsr/GetNcChangesFuzzTestInputs/reply/empty", reply(connection));
        plain(folder, "drsr/GetNcChangesFuzzTestInputs/reply/object", reply(connection));
        plain(
                folder,
                "drsr/GetNcChangesFuzzTestInputs/reply/v9",
                ControllerScripts.page(2).version(9).links(2).write(0));
        plain(
                folder,
                "drsr/GetNcChangesFuzzTestInputs/reply/v6",
                ControllerScripts.page(3).links(1).write(0));
        seed(folder, "rpc/PduFuzzTestInputs/session/sealed", 1, Arrays.copyOf(said, 2000));
        seed(folder, "rpc/PduFuzzTestInputs/session/plain", 0, Arrays.copyOf(said, 2000));
        plain(
                folder,
                "ntlm/NtlmFuzzTestInputs/challenge/samba",
                Arrays.copyOfRange(said, 68, 68 + 300));
    }

    private static byte[] reply(RpcConnection connection) throws IOException {
        try (RpcReply reply = connection.call(0, new NdrWriter(), LONG)) {
            return reply.reader().bytes(reply.length());
        }
    }

    private static void seed(Path folder, String name, int choice, byte[] bytes)
            throws IOException {
        byte[] all = new byte[bytes.length + 1];
        all[0] = (byte) choice;
        System.arraycopy(bytes, 0, all, 1, bytes.length);
        plain(folder, name, all);
    }

    private static void plain(Path folder, String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }
}
