/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.following;

import io.passbridge.connector.ldif.following.RecordMemory.Mark;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A log of fingerprints that is being written. If it cannot be, reading goes on without it: the
 * next reading gives everybody out again.
 */
final class RecordLog implements AutoCloseable {
    static final int ENTRY_BYTES = 2 * Long.BYTES;

    private final ByteBuffer buffer = ByteBuffer.allocate(ENTRY_BYTES * 1_000);
    private FileChannel channel;
    private Mark mark;

    /**
     * @param mark what counts of the file already; the rest is cut off
     */
    RecordLog(Path file, Mark mark) {
        this.mark = mark;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            }
            channel.truncate((long) mark.count() * ENTRY_BYTES);
            channel.position((long) mark.count() * ENTRY_BYTES);
        } catch (IOException diskFull) {
            giveUp();
        }
    }

    void add(long key, long print) {
        if (channel == null) {
            return;
        }
        buffer.putLong(key).putLong(print);
        mark = mark.and(key, print);
        if (!buffer.hasRemaining()) {
            flush();
        }
    }

    private void flush() {
        buffer.flip();
        try {
            while (channel != null && buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException diskFull) {
            giveUp();
        }
        buffer.clear();
    }

    private void giveUp() {
        close();
        channel = null;
        mark = Mark.NONE;
    }

    /** What has been written so far; {@link Mark#NONE} if nothing can be. */
    Mark mark() {
        flush();
        return mark;
    }

    @Override
    public void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException ignored) {
            // what is missing shows in the mark
        }
    }
}
