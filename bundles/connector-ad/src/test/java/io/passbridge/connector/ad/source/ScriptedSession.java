/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import io.passbridge.connector.ad.replication.CrackedName;
import io.passbridge.connector.ad.replication.DirectoryAttribute;
import io.passbridge.connector.ad.replication.DomainControllerInfo;
import io.passbridge.connector.ad.replication.HashState;
import io.passbridge.connector.ad.replication.Hashes;
import io.passbridge.connector.ad.replication.NameFormat;
import io.passbridge.connector.ad.replication.ReplicaObject;
import io.passbridge.connector.ad.replication.ReplicaPage;
import io.passbridge.connector.ad.replication.ReplicationCursor;
import io.passbridge.connector.ad.replication.ReplicationSession;
import io.passbridge.connector.ad.replication.SessionFacts;
import io.passbridge.credential.NtHash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A controller with a few users; what each says of a hash may change at the second look. */
final class ScriptedSession implements ReplicationSession {
    private static final String USER_CLASS = "1.2.840.113556.1.5.9";

    private final Map<String, HashState> users = new LinkedHashMap<>();
    private final Map<String, HashState> second = new LinkedHashMap<>();
    private final Set<String> quiet = new HashSet<>();

    /** How each page was asked for. */
    final List<Hashes> asked = new ArrayList<>();

    void user(String name, HashState state) {
        users.put(name, state);
    }

    void afterwards(String name, HashState state) {
        second.put(name, state);
    }

    /** Somebody of whom replication has nothing to tell. */
    void quiet(String name) {
        users.put(name, HashState.PRESENT);
        quiet.add(name);
    }

    static String guid(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    ReplicaObject object(String name, String place, HashState state) {
        return new ReplicaObject(
                UUID.fromString(guid(name)),
                place,
                Optional.of("S-1-5-21-1-2-3-1000"),
                false,
                new EnumMap<>(
                        Map.of(
                                DirectoryAttribute.SAM_ACCOUNT_NAME,
                                List.of(name.getBytes(StandardCharsets.UTF_16LE)),
                                DirectoryAttribute.USER_ACCOUNT_CONTROL,
                                List.of(new byte[] {0, 2, 1, 0}))),
                Map.of(),
                List.of(USER_CLASS),
                state,
                state == HashState.PRESENT
                        ? Optional.of(NtHash.owning(new byte[NtHash.LENGTH]))
                        : Optional.empty());
    }

    @Override
    public ReplicaPage replicate(
            String namingContext, ReplicationCursor cursor, int maxObjects, Hashes hashes) {
        asked.add(hashes);
        List<ReplicaObject> objects = new ArrayList<>();
        users.forEach(
                (name, state) -> {
                    if (!quiet.contains(name)) {
                        objects.add(
                                object(
                                        name,
                                        "CN=" + name + ",DC=corp,DC=example",
                                        hashes == Hashes.SEALED ? HashState.SEALED : state));
                    }
                });
        return new ReplicaPage(objects, ReplicationCursor.START, false, new UUID(0, 0), 0);
    }

    @Override
    public ReplicaObject replicateObject(UUID guid) {
        String name =
                users.keySet().stream()
                        .filter(n -> guid(n).equals(guid.toString()))
                        .findFirst()
                        .orElseThrow();
        return object(
                name,
                "CN=" + name + ",DC=corp,DC=example",
                second.getOrDefault(name, users.get(name)));
    }

    @Override
    public ReplicaObject replicateObject(String distinguishedName) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SessionFacts facts() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<DomainControllerInfo> domainControllers(String dnsDomain) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<CrackedName> crackNames(NameFormat offered, NameFormat wanted, List<String> names) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void cancel() {}

    @Override
    public void close() {}
}
