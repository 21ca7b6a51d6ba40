/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The hash chain of the journal: SHA-256 over the hash of the record before and every field of the
 * record, numbers as eight big-endian bytes, texts as UTF-8 behind their length. The format is
 * {@code docs/formats/journal.md}.
 */
final class RecordHash {
    /** What stands before the first record. */
    static final byte[] START = new byte[32];

    private RecordHash() {}

    static byte[] of(byte[] before, JournalRow row) {
        MessageDigest digest = sha256();
        digest.update(before);
        number(digest, row.sequence());
        number(digest, row.atMillis());
        number(digest, row.number());
        text(digest, row.severity());
        text(digest, row.actor());
        text(digest, row.subject());
        text(digest, row.text());
        text(digest, row.attributes());
        return digest.digest();
    }

    private static void number(MessageDigest digest, long value) {
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }

    private static void text(MessageDigest digest, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        number(digest, bytes.length);
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
