/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.session;

import io.passbridge.connector.ad.drsr.Drs;
import io.passbridge.connector.ad.kerberos.JaasTickets;
import io.passbridge.connector.ad.kerberos.ServiceTicket;
import io.passbridge.connector.ad.kerberos.TicketRequest;
import io.passbridge.connector.ad.replication.NameFormat;
import io.passbridge.connector.ad.replication.ReplicaPage;
import io.passbridge.connector.ad.replication.ReplicationCursor;
import io.passbridge.connector.ad.replication.ReplicationEndpoint;
import io.passbridge.connector.ad.replication.ReplicationSession;
import io.passbridge.connector.ad.rpc.EndpointMapper;
import io.passbridge.credential.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * Records the sessions that {@link RecordedSessionTest} plays, from a throw-away lab controller.
 * Usage: ADDRESS FOLDER, with the lab's krb5.conf and hosts file as system properties.
 */
final class RecordSessions {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private RecordSessions() {}

    public static void main(String[] args) throws Exception {
        InetAddress address = InetAddress.getByName(args[0]);
        Path folder = Files.createDirectories(Path.of(args[1]));
        int port =
                EndpointMapper.port(
                        new InetSocketAddress(address, 135), Drs.INTERFACE, LIMIT, LIMIT);
        for (String name : Recording.NAMES) {
            record(name, new InetSocketAddress(address, port), folder);
        }
    }

    private static void record(String name, InetSocketAddress controller, Path folder)
            throws Exception {
        Properties facts = new Properties();
        Clock clock = Clock.fixed(Instant.now().truncatedTo(ChronoUnit.MILLIS), ZoneOffset.UTC);
        facts.setProperty("time", clock.instant().toString());
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        try (Secret password = Secret.ofChars(Recording.PASSWORD.toCharArray());
                ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ServiceTicket ticket = name.startsWith("kerberos") ? ticket(password, facts) : null;
            Thread relay = new Thread(() -> relay(listener, controller, heard));
            relay.start();
            ReplicationEndpoint endpoint =
                    new ReplicationEndpoint(
                            "dc1.corp.example", "127.0.0.1", 135, listener.getLocalPort());
            try (ReplicationSession session =
                    Recording.client(clock, ticket)
                            .open(
                                    endpoint,
                                    Recording.account(password),
                                    Recording.settings(name))) {
                calls(session);
            }
            relay.join();
        }
        Files.write(folder.resolve(name + ".bin"), heard.toByteArray());
        try (OutputStream out = Files.newOutputStream(folder.resolve(name + ".properties"))) {
            facts.store(out, "throw-away lab; see RecordSessions");
        }
    }

    /** The calls of every recording, in their order. */
    static void calls(ReplicationSession session) throws Exception {
        session.domainControllers("corp.example");
        session.crackNames(
                NameFormat.NT4_ACCOUNT, NameFormat.GUID, List.of("CORP\\alice", "CORP\\nobody"));
        ReplicationCursor cursor = ReplicationCursor.START;
        for (boolean more = true; more; ) {
            try (ReplicaPage page = session.replicate("DC=corp,DC=example", cursor, 100)) {
                cursor = page.next();
                more = page.more();
            }
        }
        session.replicate("DC=corp,DC=example", cursor, 100).close();
        session.replicateObject("CN=alice,OU=People,DC=corp,DC=example").close();
    }

    private static ServiceTicket ticket(Secret password, Properties facts) throws Exception {
        ServiceTicket ticket =
                new JaasTickets()
                        .obtain(
                                new TicketRequest(
                                        Recording.USER,
                                        "CORP.EXAMPLE",
                                        List.of("host/dc1.corp.example"),
                                        Optional.of(password),
                                        Optional.empty(),
                                        InetSocketAddress.createUnresolved("", 88),
                                        Duration.ofSeconds(10)));
        facts.setProperty("ticket", HexFormat.of().formatHex(ticket.encoded()));
        facts.setProperty("key", HexFormat.of().formatHex(ticket.sessionKey()));
        facts.setProperty("keyType", String.valueOf(ticket.keyType()));
        return ticket;
    }

    private static void relay(
            ServerSocket listener, InetSocketAddress controller, OutputStream heard) {
        try (Socket client = listener.accept();
                Socket server = new Socket(controller.getAddress(), controller.getPort())) {
            Thread up = new Thread(() -> pump(client, server));
            up.start();
            byte[] buffer = new byte[8192];
            for (int n = server.getInputStream().read(buffer);
                    n > 0;
                    n = server.getInputStream().read(buffer)) {
                heard.write(buffer, 0, n);
                client.getOutputStream().write(buffer, 0, n);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pump(Socket client, Socket server) {
        try {
            client.getInputStream().transferTo(server.getOutputStream());
            server.shutdownOutput();
        } catch (IOException e) {
            // the session is over
        }
    }
}
