/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.session;

import io.passbridge.connector.ad.FixedPolicy;
import io.passbridge.connector.ad.kerberos.ServiceTicket;
import io.passbridge.connector.ad.replication.AuthenticationChoice;
import io.passbridge.connector.ad.replication.DirectoryAccount;
import io.passbridge.connector.ad.replication.ReplicationEndpoint;
import io.passbridge.connector.ad.replication.ReplicationException;
import io.passbridge.connector.ad.replication.ReplicationSession;
import io.passbridge.connector.ad.replication.ReplicationSettings;
import io.passbridge.credential.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;

/**
 * A session with a throw-away Samba controller, as {@link RecordSessions} recorded it: all that the
 * controller sent, and what the client needs to make the same keys again. The passwords in it were
 * never used anywhere else.
 */
record Recording(byte[] fromServer, Properties facts) {
    static final String USER = "svc-sync";
    static final String DOMAIN = "corp.example";
    static final String PASSWORD = "Svc-Sync-Passw0rd!";
    static final List<String> NAMES =
            List.of("ntlm-signed-headers", "ntlm", "kerberos-signed-headers", "kerberos");

    static Recording load(String name) throws IOException {
        Properties facts = new Properties();
        try (InputStream bytes =
                        Recording.class.getResourceAsStream("/recordings/" + name + ".bin");
                InputStream text =
                        Recording.class.getResourceAsStream(
                                "/recordings/" + name + ".properties")) {
            facts.load(text);
            return new Recording(bytes.readAllBytes(), facts);
        }
    }

    static DrsReplicationClient client(Clock clock, ServiceTicket ticket) {
        return new DrsReplicationClient(
                FixedPolicy.permitting(), request -> ticket, new ConstantRandom(), clock);
    }

    static ReplicationSettings settings(String name) {
        return ReplicationSettings.DEFAULTS
                .withHeaderSigning(name.endsWith("headers"))
                .withAuthentication(
                        name.startsWith("ntlm")
                                ? AuthenticationChoice.NTLM
                                : AuthenticationChoice.KERBEROS);
    }

    static DirectoryAccount account(Secret password) {
        return DirectoryAccount.withPassword(USER, DOMAIN, password);
    }

    Clock clock() {
        return Clock.fixed(Instant.parse(facts.getProperty("time")), ZoneOffset.UTC);
    }

    ServiceTicket ticket() {
        if (!facts.containsKey("ticket")) {
            return null;
        }
        return new ServiceTicket(
                HexFormat.of().parseHex(facts.getProperty("ticket")),
                Integer.parseInt(facts.getProperty("keyType")),
                HexFormat.of().parseHex(facts.getProperty("key")),
                DOMAIN.toUpperCase(java.util.Locale.ROOT),
                1,
                List.of(USER));
    }

    /** Plays the recording to a client, which must make the same calls in the same order. */
    ReplicationSession open(String name)
            throws IOException, ReplicationException, InterruptedException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Secret password = Secret.ofChars(PASSWORD.toCharArray())) {
            Thread player = new Thread(() -> play(listener), "recording");
            player.setDaemon(true);
            player.start();
            ReplicationEndpoint endpoint =
                    new ReplicationEndpoint(
                            "dc1.corp.example", "127.0.0.1", 135, listener.getLocalPort());
            return client(clock(), ticket()).open(endpoint, account(password), settings(name));
        }
    }

    private void play(ServerSocket listener) {
        try (Socket socket = listener.accept();
                OutputStream out = socket.getOutputStream()) {
            out.write(fromServer);
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // the client has had enough
        }
    }
}
