/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.replication;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.zip.CRC32;

/**
 * A position in the replication of one naming context: the source's own update numbers (MS-DRSR
 * 5.209, USN_VECTOR), the database they belong to, and the up-to-dateness vector.
 *
 * <p>A cursor of a cycle that is under way is valid on the session that gave it only, and has no
 * stored form: a cycle that breaks off starts again from the last complete cursor. A complete
 * cursor is valid on every controller of the domain.
 *
 * @param sourceInvocation the database whose numbers the next three are; all zero for none
 * @param highObjectUpdate as received
 * @param reserved as received
 * @param highPropertyUpdate as received; 0 while a cycle is under way
 * @param upToDateness what has been received of each database
 * @param complete whether a cycle ended here
 */
public record ReplicationCursor(
        UUID sourceInvocation,
        long highObjectUpdate,
        long reserved,
        long highPropertyUpdate,
        UpToDatenessVector upToDateness,
        boolean complete) {
    /** From the beginning: every object. */
    public static final ReplicationCursor START =
            new ReplicationCursor(new UUID(0, 0), 0, 0, 0, UpToDatenessVector.EMPTY, true);

    private static final byte[] MAGIC = "PBADC".getBytes(StandardCharsets.US_ASCII);
    private static final byte FORMAT = 1;
    private static final int HEAD = MAGIC.length + 1 + 16 + 3 * Long.BYTES + Integer.BYTES;
    private static final int ENTRY = 16 + Long.BYTES;
    private static final int MAX_ENTRIES = 4096;

    public ReplicationCursor {
        Objects.requireNonNull(sourceInvocation, "sourceInvocation");
        Objects.requireNonNull(upToDateness, "upToDateness");
        if (highObjectUpdate < 0 || highPropertyUpdate < 0) {
            throw new IllegalArgumentException(
                    "update numbers "
                            + highObjectUpdate
                            + " and "
                            + highPropertyUpdate
                            + " must not be negative");
        }
    }

    /**
     * The stored form, version 1: magic, version, source, three numbers, count and entries in
     * ascending order, CRC-32 of all before; big-endian. Holds no secret.
     *
     * @throws IllegalStateException if the cursor is not complete
     */
    public byte[] toBytes() {
        if (!complete) {
            throw new IllegalStateException(
                    "a replication cursor is stored only when its cycle is complete");
        }
        ByteBuffer out =
                ByteBuffer.allocate(HEAD + ENTRY * upToDateness.entries().size() + Integer.BYTES);
        out.put(MAGIC).put(FORMAT);
        put(out, sourceInvocation);
        out.putLong(highObjectUpdate).putLong(reserved).putLong(highPropertyUpdate);
        out.putInt(upToDateness.entries().size());
        upToDateness
                .sorted()
                .forEach(
                        (id, usn) -> {
                            put(out, id);
                            out.putLong(usn);
                        });
        return out.putInt(crc(out.array(), out.position())).array();
    }

    /**
     * Reads the stored form.
     *
     * @throws IllegalArgumentException if the bytes are not exactly what {@link #toBytes} wrote
     */
    public static ReplicationCursor parse(byte[] bytes) {
        int entries = (bytes.length - HEAD - Integer.BYTES) / ENTRY;
        if (bytes.length < HEAD + Integer.BYTES
                || entries > MAX_ENTRIES
                || bytes.length != HEAD + Integer.BYTES + entries * ENTRY) {
            throw damaged("its length is " + bytes.length);
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        byte[] magic = new byte[MAGIC.length];
        in.get(magic);
        byte format = in.get();
        if (!java.util.Arrays.equals(magic, MAGIC) || format != FORMAT) {
            throw damaged("it does not begin with PBADC and format 1");
        }
        int end = bytes.length - Integer.BYTES;
        if (in.getInt(end) != crc(bytes, end)) {
            throw damaged("its check sum is wrong");
        }
        UUID source = uuid(in);
        long high = in.getLong();
        long reserved = in.getLong();
        long property = in.getLong();
        if (in.getInt() != entries) {
            throw damaged("its entry count is wrong");
        }
        Map<UUID, Long> vector = new LinkedHashMap<>();
        for (int i = 0; i < entries; i++) {
            vector.put(uuid(in), in.getLong());
        }
        return new ReplicationCursor(
                source, high, reserved, property, new UpToDatenessVector(vector), true);
    }

    private static IllegalArgumentException damaged(String why) {
        return new IllegalArgumentException("the stored replication cursor is damaged: " + why);
    }

    private static void put(ByteBuffer out, UUID id) {
        out.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }

    private static UUID uuid(ByteBuffer in) {
        return new UUID(in.getLong(), in.getLong());
    }

    private static int crc(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
