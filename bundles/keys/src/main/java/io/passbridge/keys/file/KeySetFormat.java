/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.file;

import io.passbridge.credential.Secret;
import io.passbridge.crypto.Cryptography;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import io.passbridge.keys.KeyInfo;
import io.passbridge.keys.KeyStatus;
import io.passbridge.keys.ring.KeyRing;
import io.passbridge.keys.ring.KeySet;
import io.passbridge.keys.ring.Slot;
import io.passbridge.keys.sealed.CommittingCipher;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Writes and reads key-set files, format version 1; {@code docs/formats/key-set.md}. There is one
 * way to write a key set, and every other byte sequence is refused.
 */
public final class KeySetFormat {
    /** A file longer than this is no key set. */
    public static final int MAX_LENGTH = 256 * 1024;

    static final int SALT = 32;

    /** Length of salt, nonce and commitment at the end of the header. */
    static final int SEAL = SALT + CommittingCipher.NONCE + CommittingCipher.COMMITMENT;

    private static final int MAGIC = 0x50424B53;
    private static final byte VERSION = 1;
    private static final int IMPORTED = 1;
    private static final int COMPROMISED = 2;

    /** The states by their code in the file, which the order of the enumeration does not decide. */
    private static final List<KeyStatus> STATUSES =
            List.of(
                    KeyStatus.PENDING,
                    KeyStatus.PRIMARY,
                    KeyStatus.DECRYPT_ONLY,
                    KeyStatus.DISABLED,
                    KeyStatus.DESTROYED);

    private KeySetFormat() {}

    /** The file of a key set, encrypted under the root secret. */
    public static byte[] write(
            KeySet keySet, FileKind kind, KeyRing ring, Secret root, Cryptography cryptography) {
        byte[] salt = new byte[SALT];
        byte[] nonce = new byte[CommittingCipher.NONCE];
        cryptography.random().nextBytes(salt);
        cryptography.random().nextBytes(nonce);
        byte[] plaintext = keyBytes(keySet, ring);
        try (CommittingCipher cipher =
                root.use(
                        bytes ->
                                CommittingCipher.of(
                                        cryptography.module(),
                                        bytes,
                                        ProtectedKeySet.context(salt)))) {
            ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
            describe(keySet, kind, new DataOutputStream(out));
            out.writeBytes(salt);
            out.writeBytes(nonce);
            out.writeBytes(cipher.commitment());
            out.writeBytes(cipher.encrypt(nonce, plaintext, out.toByteArray()));
            return out.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException("memory does not fail so", e);
        } finally {
            Arrays.fill(plaintext, (byte) 0);
        }
    }

    private static void describe(KeySet keySet, FileKind kind, DataOutputStream out)
            throws IOException {
        out.writeInt(MAGIC);
        out.writeByte(VERSION);
        out.writeByte(kind.code());
        out.writeLong(keySet.id().getMostSignificantBits());
        out.writeLong(keySet.id().getLeastSignificantBits());
        out.writeLong(keySet.generation());
        out.writeLong(keySet.created().toEpochMilli());
        out.writeLong(keySet.exported().map(Instant::toEpochMilli).orElse(0L));
        out.writeLong(keySet.drilled().map(Instant::toEpochMilli).orElse(0L));
        out.writeByte(keySet.slots().size());
        for (Slot slot : keySet.slots()) {
            byte[] name = slot.protector().getBytes(StandardCharsets.US_ASCII);
            out.writeByte(name.length);
            out.write(name);
            out.writeByte(slot.role().code());
            out.writeShort(slot.protectedRoot().length);
            out.write(slot.protectedRoot());
        }
        out.writeShort(keySet.keys().size());
        for (KeyInfo key : keySet.keys()) {
            out.writeInt(key.id());
            out.writeByte(STATUSES.indexOf(key.status()));
            out.writeByte((key.imported() ? IMPORTED : 0) | (key.compromised() ? COMPROMISED : 0));
            out.writeLong(key.created().toEpochMilli());
            out.writeLong(key.changed().toEpochMilli());
            if (key.status() != KeyStatus.DESTROYED) {
                out.write(HexFormat.of().parseHex(key.fingerprint()));
            }
        }
    }

    private static byte[] keyBytes(KeySet keySet, KeyRing ring) {
        ByteBuffer out = ByteBuffer.allocate(CommittingCipher.KEY * living(keySet));
        for (KeyInfo key : keySet.keys()) {
            if (key.status() != KeyStatus.DESTROYED) {
                Secret bytes =
                        ring.key(key.id())
                                .orElseThrow(
                                        () ->
                                                new IllegalArgumentException(
                                                        "no bytes of key " + key.id()));
                bytes.use(out::put);
            }
        }
        return out.array();
    }

    private static int living(KeySet keySet) {
        return (int)
                keySet.keys().stream().filter(key -> key.status() != KeyStatus.DESTROYED).count();
    }

    /**
     * Reads a file.
     *
     * @param name what to call it in messages
     * @throws KeyException with {@link Kind#DAMAGED} if it is no key set in exactly this format
     */
    public static ProtectedKeySet read(byte[] file, String name) throws KeyException {
        try {
            ByteBuffer in = ByteBuffer.wrap(file);
            if (file.length > MAX_LENGTH || in.getInt() != MAGIC) {
                throw new KeyException(Kind.DAMAGED, name + " is no key-set file");
            }
            byte version = in.get();
            if (version != VERSION) {
                throw new KeyException(
                        Kind.DAMAGED,
                        name
                                + " has format version "
                                + version
                                + ", which this version of the platform does not know");
            }
            FileKind kind = kind(in.get());
            KeySet keySet = keySet(in);
            byte[] header = Arrays.copyOf(file, in.position() + SEAL);
            int length = CommittingCipher.KEY * living(keySet) + CommittingCipher.TAG;
            if (file.length != header.length + length) {
                throw new IllegalArgumentException(
                        "no key set: " + file.length + " bytes, not " + (header.length + length));
            }
            return new ProtectedKeySet(
                    keySet, kind, header, Arrays.copyOfRange(file, header.length, file.length));
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            throw new KeyException(
                    Kind.DAMAGED,
                    name
                            + " is damaged ("
                            + (e.getMessage() == null ? "it ends too soon" : e.getMessage())
                            + ")",
                    "restore it from a backup, or keys:activate an export",
                    e);
        }
    }

    private static KeySet keySet(ByteBuffer in) {
        UUID id = new UUID(in.getLong(), in.getLong());
        long generation = in.getLong();
        if (generation < 1) {
            throw new IllegalArgumentException("no key set: its generation is " + generation);
        }
        Instant created = Instant.ofEpochMilli(in.getLong());
        Optional<Instant> exported = instant(in.getLong());
        Optional<Instant> drilled = instant(in.getLong());
        List<Slot> slots = new ArrayList<>();
        for (int left = in.get(); left > 0; left--) {
            String name = new String(take(in, in.get() & 0xFF), StandardCharsets.ISO_8859_1);
            slots.add(new Slot(name, Slot.Role.of(in.get()), take(in, in.getShort() & 0xFFFF)));
        }
        List<KeyInfo> keys = new ArrayList<>();
        for (int left = in.getShort() & 0xFFFF; left > 0; left--) {
            keys.add(key(in));
        }
        return new KeySet(id, generation, created, exported, drilled, slots, keys);
    }

    private static KeyInfo key(ByteBuffer in) {
        int id = in.getInt();
        int status = in.get();
        int flags = in.get();
        if (status < 0 || status >= STATUSES.size() || (flags & ~(IMPORTED | COMPROMISED)) != 0) {
            throw new IllegalArgumentException("no key set: key " + id + " is in no known state");
        }
        Instant created = Instant.ofEpochMilli(in.getLong());
        Instant changed = Instant.ofEpochMilli(in.getLong());
        String fingerprint =
                STATUSES.get(status) == KeyStatus.DESTROYED
                        ? ""
                        : HexFormat.of().formatHex(take(in, 8));
        return new KeyInfo(
                id,
                STATUSES.get(status),
                created,
                changed,
                (flags & IMPORTED) != 0,
                (flags & COMPROMISED) != 0,
                fingerprint);
    }

    private static FileKind kind(byte code) {
        for (FileKind kind : FileKind.values()) {
            if (kind.code() == code) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no key set: a file of kind " + code);
    }

    private static Optional<Instant> instant(long milliseconds) {
        return milliseconds == 0
                ? Optional.empty()
                : Optional.of(Instant.ofEpochMilli(milliseconds));
    }

    private static byte[] take(ByteBuffer in, int length) {
        byte[] part = new byte[length];
        in.get(part);
        return part;
    }
}
