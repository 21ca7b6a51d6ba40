/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.replication;

import io.passbridge.credential.NtHash;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * One object as replication delivered it: its identity and those of its asked attributes that
 * changed. Not thread-safe; closing it wipes the hash.
 */
public final class ReplicaObject implements AutoCloseable {
    private final UUID guid;
    private final String distinguishedName;
    private final Optional<String> sid;
    private final boolean namingContextHead;
    private final Map<DirectoryAttribute, List<byte[]>> values;
    private final Map<DirectoryAttribute, AttributeMetadata> metadata;
    private final List<String> objectClasses;
    private final HashState hashState;
    private final Optional<NtHash> ntHash;

    /**
     * Takes over the hash with its keys. No secret attribute may be among the values.
     *
     * @param ntHash present exactly when {@code hashState} is {@code PRESENT}
     */
    public ReplicaObject(
            UUID guid,
            String distinguishedName,
            Optional<String> sid,
            boolean namingContextHead,
            Map<DirectoryAttribute, List<byte[]>> values,
            Map<DirectoryAttribute, AttributeMetadata> metadata,
            List<String> objectClasses,
            HashState hashState,
            Optional<NtHash> ntHash) {
        if (values.keySet().stream().anyMatch(DirectoryAttribute::secret)) {
            throw new IllegalArgumentException("a secret is no ordinary attribute value");
        }
        if (ntHash.isPresent() != (hashState == HashState.PRESENT)) {
            throw new IllegalArgumentException("hash state " + hashState + " contradicts the hash");
        }
        this.guid = guid;
        this.distinguishedName = distinguishedName;
        this.sid = sid;
        this.namingContextHead = namingContextHead;
        this.values = values;
        this.metadata = metadata;
        this.objectClasses = List.copyOf(objectClasses);
        this.hashState = hashState;
        this.ntHash = ntHash;
    }

    /** The objectGUID: the source anchor. */
    public UUID guid() {
        return guid;
    }

    /** The present distinguished name; a deleted object has its mangled one. */
    public String distinguishedName() {
        return distinguishedName;
    }

    /** The security identifier as {@code S-1-5-...}; empty for objects that are no principals. */
    public Optional<String> sid() {
        return sid;
    }

    /** Whether this is the head of the naming context, which every page repeats. */
    public boolean namingContextHead() {
        return namingContextHead;
    }

    /** Whether the reply made a statement on the attribute; a statement of no value is one too. */
    public boolean carries(DirectoryAttribute attribute) {
        return attribute == DirectoryAttribute.UNICODE_PWD
                ? hashState != HashState.NOT_SENT
                : values.containsKey(attribute);
    }

    /** The raw values of an attribute other than {@code unicodePwd}; empty if none came. */
    public List<byte[]> values(DirectoryAttribute attribute) {
        return values.getOrDefault(attribute, List.of());
    }

    /** The first value of a Unicode string attribute. */
    public Optional<String> text(DirectoryAttribute attribute) {
        return values(attribute).stream()
                .findFirst()
                .map(v -> new String(v, StandardCharsets.UTF_16LE));
    }

    /**
     * The first value of an integer, large integer or Boolean attribute; empty if none came or it
     * is malformed.
     */
    public OptionalLong number(DirectoryAttribute attribute) {
        List<byte[]> all = values(attribute);
        if (all.isEmpty()) {
            return OptionalLong.empty();
        }
        ByteBuffer value = ByteBuffer.wrap(all.get(0)).order(ByteOrder.LITTLE_ENDIAN);
        return switch (value.remaining()) {
            case Integer.BYTES -> OptionalLong.of(value.getInt());
            case Long.BYTES -> OptionalLong.of(value.getLong());
            default -> OptionalLong.empty();
        };
    }

    /** Whether the object is deleted: {@code isDeleted} came with the value true. */
    public boolean deleted() {
        return number(DirectoryAttribute.IS_DELETED).orElse(0) != 0;
    }

    /**
     * The object's classes as object identifiers, most specific first; empty in a delta that does
     * not carry {@code objectClass}.
     */
    public List<String> objectClasses() {
        return objectClasses;
    }

    /** The metadata of an attribute that {@link #carries} a statement. */
    public Optional<AttributeMetadata> metadata(DirectoryAttribute attribute) {
        return Optional.ofNullable(metadata.get(attribute));
    }

    /** What the reply says about the password hash. */
    public HashState hashState() {
        return hashState;
    }

    /** The NT hash, closed together with this object; whoever needs it longer copies its secret. */
    public Optional<NtHash> ntHash() {
        return ntHash;
    }

    @Override
    public void close() {
        ntHash.ifPresent(NtHash::close);
    }

    @Override
    public String toString() {
        return "ReplicaObject[" + guid + " " + distinguishedName + " " + hashState + "]";
    }
}
