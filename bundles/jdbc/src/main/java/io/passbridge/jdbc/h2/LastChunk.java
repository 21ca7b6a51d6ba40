/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.jdbc.h2;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Optional;
import org.h2.mvstore.DataUtils;

/**
 * The newest chunk of an H2 file: one commit, as the file's format (MVStore, format 3) describes
 * it. Chunks and the file's header begin with a line of {@code key:value} pairs in hexadecimal.
 *
 * @param id the chunk's id
 * @param block where it is, in blocks of 4,096 bytes
 * @param version the file's version that it made; grows with each commit
 */
record LastChunk(int id, long block, long version) {
    /** Bytes of a block. The file's header stands in each of the first two. */
    static final int BLOCK = 4_096;

    private static final int LONGEST_CHUNK_HEADER = 1_024;
    private static final String CHECKSUM = ",fletcher:";

    /**
     * The chunk that begins with the given bytes, if they begin one.
     *
     * @param bytes what is written; left as it is
     * @param position where it is written, in bytes
     */
    static Optional<LastChunk> of(ByteBuffer bytes, long position) {
        Optional<String> line = line(bytes, LONGEST_CHUNK_HEADER);
        if (line.isEmpty() || !line.get().startsWith("chunk:") || position % BLOCK != 0) {
            return Optional.empty();
        }
        HashMap<String, String> header = DataUtils.parseMap(line.get().trim());
        return Optional.of(
                new LastChunk(
                        (int) DataUtils.readHexLong(header, "chunk", 0),
                        position / BLOCK,
                        DataUtils.readHexLong(header, "version", 0)));
    }

    /**
     * A file header that names this chunk, if the given one names an older one.
     *
     * @param bytes the header that is written, both copies; left as they are
     * @return what is to be written
     */
    ByteBuffer named(ByteBuffer bytes) {
        Optional<String> line = line(bytes, BLOCK);
        if (bytes.remaining() != 2 * BLOCK || line.isEmpty() || !line.get().contains(CHECKSUM)) {
            return bytes;
        }
        String header = line.get();
        HashMap<String, String> values =
                DataUtils.parseMap(header.substring(0, header.lastIndexOf(CHECKSUM)));
        if (DataUtils.readHexLong(values, "version", Long.MAX_VALUE) >= version) {
            return bytes;
        }
        values.put("block", Long.toHexString(block));
        values.put("chunk", Integer.toHexString(id));
        values.put("version", Long.toHexString(version));
        return twice(values);
    }

    private static ByteBuffer twice(HashMap<String, String> values) {
        StringBuilder text = DataUtils.appendMap(new StringBuilder(), values);
        byte[] unchecked = text.toString().getBytes(StandardCharsets.ISO_8859_1);
        DataUtils.appendMap(
                text, "fletcher", DataUtils.getFletcher32(unchecked, 0, unchecked.length));
        byte[] line = text.append('\n').toString().getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer both = ByteBuffer.allocate(2 * BLOCK);
        both.put(0, line).put(BLOCK, line);
        return both;
    }

    private static Optional<String> line(ByteBuffer bytes, int longest) {
        int start = bytes.position();
        int end = Math.min(bytes.limit(), start + longest);
        StringBuilder line = new StringBuilder();
        for (int i = start; i < end; i++) {
            char c = (char) (bytes.get(i) & 0xFF);
            if (c == '\n') {
                return Optional.of(line.toString());
            }
            line.append(c);
        }
        return Optional.empty();
    }
}
