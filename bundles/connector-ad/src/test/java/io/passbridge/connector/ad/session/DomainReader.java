/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.session;

import io.passbridge.connector.ad.FixedPolicy;
import io.passbridge.connector.ad.replication.AuthenticationChoice;
import io.passbridge.connector.ad.replication.DirectoryAccount;
import io.passbridge.connector.ad.replication.DirectoryAttribute;
import io.passbridge.connector.ad.replication.HashState;
import io.passbridge.connector.ad.replication.ReplicaObject;
import io.passbridge.connector.ad.replication.ReplicaPage;
import io.passbridge.connector.ad.replication.ReplicationCursor;
import io.passbridge.connector.ad.replication.ReplicationEndpoint;
import io.passbridge.connector.ad.replication.ReplicationSession;
import io.passbridge.connector.ad.replication.ReplicationSettings;
import io.passbridge.credential.Secret;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.TreeSet;

/**
 * Reads a whole domain of a lab and prints how long it took, and one digest over all names and
 * hashes that another reader can be compared with. Arguments: HOST ADDRESS USER ROUNDS
 * KERBEROS|NTLM HEADER-SIGNING; the password is in the environment variable PASSWORD. Used by
 * {@code benchmarks/active-directory/run}.
 */
final class DomainReader {
    private static final String NC = "DC=corp,DC=example";

    private final TreeSet<String> lines = new TreeSet<>();
    private int objects;
    private int calls;
    private int unreadable;

    private DomainReader() {}

    public static void main(String[] args) throws Exception {
        AuthenticationChoice choice = AuthenticationChoice.valueOf(args[4]);
        ReplicationSettings settings =
                ReplicationSettings.DEFAULTS
                        .withAuthentication(choice)
                        .withHeaderSigning(Boolean.parseBoolean(args[5]));
        ReplicationEndpoint endpoint = ReplicationEndpoint.of(args[0]).at(args[1]);
        DrsReplicationClient client = new DrsReplicationClient(FixedPolicy.uncounted());
        try (Secret password = Secret.ofChars(System.getenv("PASSWORD").toCharArray())) {
            DirectoryAccount account =
                    DirectoryAccount.withPassword(args[2], "corp.example", password);
            for (int round = 0; round < Integer.parseInt(args[3]); round++) {
                long begin = System.nanoTime();
                try (ReplicationSession session = client.open(endpoint, account, settings)) {
                    round(choice, settings, begin, session);
                }
            }
        }
    }

    private static void round(
            AuthenticationChoice choice,
            ReplicationSettings settings,
            long begin,
            ReplicationSession session)
            throws Exception {
        long bound = System.nanoTime();
        long cpu = cpu();
        DomainReader reader = new DomainReader();
        ReplicationCursor end = reader.read(session);
        long read = System.nanoTime();
        long spent = cpu() - cpu;
        session.replicate(NC, end, 1000).close();
        long empty = System.nanoTime();
        System.out.printf(
                "%-8s %d objects, %d calls, bind %.0f ms, read %.0f ms, %.0f objects/s, cpu %.0f"
                        + " ms, empty poll %.1f ms, %d hashes, %d unreadable, digest %s%n",
                (choice == AuthenticationChoice.NTLM ? "ntlm" : "kerberos")
                        + (settings.headerSigning() ? "+hs" : ""),
                reader.objects,
                reader.calls,
                (bound - begin) / 1e6,
                (read - bound) / 1e6,
                reader.objects / ((read - bound) / 1e9),
                spent / 1e6,
                (empty - read) / 1e6,
                reader.lines.size(),
                reader.unreadable,
                reader.digest());
    }

    private ReplicationCursor read(ReplicationSession session) throws Exception {
        ReplicationCursor cursor = ReplicationCursor.START;
        for (boolean more = true; more; calls++) {
            try (ReplicaPage page = session.replicate(NC, cursor, 1000)) {
                page.objects().forEach(this::take);
                objects += page.objects().size();
                cursor = page.next();
                more = page.more();
            }
        }
        return cursor;
    }

    private void take(ReplicaObject object) {
        unreadable += object.hashState() == HashState.UNREADABLE ? 1 : 0;
        String name = object.text(DirectoryAttribute.SAM_ACCOUNT_NAME).orElse("");
        object.ntHash()
                .ifPresent(
                        hash ->
                                hash.secret()
                                        .use(
                                                b ->
                                                        lines.add(
                                                                name
                                                                        + ":"
                                                                        + HexFormat.of()
                                                                                .formatHex(b))));
    }

    private String digest() throws Exception {
        byte[] all = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(all));
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean)
                        ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
