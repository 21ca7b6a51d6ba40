/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.session;

import io.passbridge.connector.ad.FixedPolicy;
import io.passbridge.connector.ad.legacy.LegacyPrimitives;
import io.passbridge.connector.ad.ntlm.NtlmAcceptor;
import io.passbridge.connector.ad.replication.AuthenticationChoice;
import io.passbridge.connector.ad.replication.DirectoryAccount;
import io.passbridge.connector.ad.replication.ReplicationEndpoint;
import io.passbridge.connector.ad.replication.ReplicationException;
import io.passbridge.connector.ad.replication.ReplicationSession;
import io.passbridge.connector.ad.replication.ReplicationSettings;
import io.passbridge.connector.ad.rpc.ServerFragments;
import io.passbridge.credential.Secret;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A domain controller that speaks the protocol properly, except where its script makes it hostile.
 * Serves one connection after the other.
 */
final class FakeController implements AutoCloseable {
    private static final String USER = "svc-sync";
    private static final String DOMAIN = "corp.example";
    private static final String PASSWORD = "Fake-Passw0rd";

    /** What the controller does; the defaults are honest. */
    interface Script {
        /** The stub data of the answer; the session key is given for secrets inside them. */
        byte[] answer(int operation, byte[] request, byte[] sessionKey);

        /** The sealed fragments of the answer as they go over the wire. */
        default List<byte[]> onWire(int operation, List<byte[]> fragments) {
            return fragments;
        }

        /** The same before they are sealed, for lies under a good signature. */
        default List<byte[]> beforeSealing(int operation, List<byte[]> fragments) {
            return fragments;
        }

        default byte[] bindAck(byte[] ack) {
            return ack;
        }

        default int withheldFlags() {
            return 0;
        }
    }

    private final ServerSocket listener;
    private final Script script;
    private final Thread thread;
    private final List<Integer> operations = new ArrayList<>();

    FakeController(Script script) throws IOException {
        this.script = script;
        this.listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        this.thread = new Thread(this::serve, "fake-controller");
        thread.setDaemon(true);
        thread.start();
    }

    ReplicationSession open(Duration callTimeout) throws ReplicationException {
        return open(ReplicationSettings.DEFAULTS.withTimeouts(Duration.ofSeconds(5), callTimeout));
    }

    ReplicationSession open(ReplicationSettings settings) throws ReplicationException {
        ReplicationEndpoint endpoint =
                new ReplicationEndpoint(
                        "dc1.corp.example", "127.0.0.1", 135, listener.getLocalPort());
        try (Secret password = Secret.ofChars(PASSWORD.toCharArray())) {
            return new DrsReplicationClient(FixedPolicy.permitting())
                    .open(
                            endpoint,
                            DirectoryAccount.withPassword(USER, DOMAIN, password),
                            settings.withAuthentication(AuthenticationChoice.NTLM));
        }
    }

    /** The operations that were asked for so far. */
    synchronized List<Integer> operations() {
        return List.copyOf(operations);
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                serve(new DataInputStream(socket.getInputStream()), socket.getOutputStream());
            } catch (IOException e) {
                // the client went away, which it does when it refuses something
            }
        }
    }

    private void serve(DataInputStream in, OutputStream out) throws IOException {
        LegacyPrimitives legacy = new LegacyPrimitives(FixedPolicy.permitting());
        NtlmAcceptor ntlm =
                new NtlmAcceptor(legacy, USER, DOMAIN, PASSWORD, script.withheldFlags());
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        for (byte[] pdu = ServerFragments.read(in);
                pdu.length > 0;
                pdu = ServerFragments.read(in)) {
            int callId = ServerFragments.callId(pdu);
            if (ServerFragments.isBind(pdu)) {
                byte[] challenge = ntlm.challenge(ServerFragments.token(pdu));
                out.write(script.bindAck(ServerFragments.bindAck(callId, 4, challenge)));
            } else if (ServerFragments.isAuth3(pdu)) {
                if (!ntlm.complete(ServerFragments.token(pdu))) {
                    throw new IOException("the client's proof or integrity code is wrong");
                }
            } else if (ServerFragments.isRequest(pdu)) {
                if (!ntlm.open(pdu, ServerFragments.STUB, ServerFragments.stubLength(pdu))) {
                    throw new IOException("the client's signature is wrong");
                }
                request.write(ServerFragments.stub(pdu));
                if (ServerFragments.isLast(pdu)) {
                    answer(
                            ntlm,
                            out,
                            callId,
                            ServerFragments.operation(pdu),
                            request.toByteArray());
                    request.reset();
                }
            }
        }
    }

    private void answer(
            NtlmAcceptor ntlm, OutputStream out, int callId, int operation, byte[] request)
            throws IOException {
        synchronized (this) {
            operations.add(operation);
        }
        byte[] stub = script.answer(operation, request, ntlm.sessionKey());
        List<byte[]> fragments =
                script.beforeSealing(operation, ServerFragments.response(callId, stub));
        for (byte[] fragment : fragments) {
            ntlm.seal(fragment, ServerFragments.STUB, ServerFragments.stubLength(fragment));
        }
        for (byte[] fragment : script.onWire(operation, fragments)) {
            out.write(fragment);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        listener.close();
        thread.join(Duration.ofSeconds(10).toMillis());
    }
}
