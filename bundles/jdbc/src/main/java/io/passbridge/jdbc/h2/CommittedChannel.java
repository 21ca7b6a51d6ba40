/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.jdbc.h2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.h2.store.fs.FileBase;

/** Notes each chunk that is written, and lets no header be written that names an older one. */
final class CommittedChannel extends FileBase {
    private final FileChannel base;
    private LastChunk last;

    CommittedChannel(FileChannel base) {
        this.base = base;
    }

    /** As H2 writes: a chunk or a header in one call. */
    @Override
    public int write(ByteBuffer bytes, long position) throws IOException {
        ByteBuffer corrected = position == 0 ? header(bytes) : noted(bytes, position);
        int length = bytes.remaining();
        for (long at = position; corrected.hasRemaining(); ) {
            at += base.write(corrected, at);
        }
        bytes.position(bytes.limit());
        return length;
    }

    private synchronized ByteBuffer header(ByteBuffer bytes) {
        return last == null ? bytes : last.named(bytes);
    }

    /** A chunk that is moved is written again elsewhere, with the version that it had. */
    private synchronized ByteBuffer noted(ByteBuffer bytes, long position) {
        LastChunk.of(bytes, position)
                .filter(chunk -> last == null || chunk.version() >= last.version())
                .ifPresent(chunk -> last = chunk);
        return bytes;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        int written = write(bytes, base.position());
        base.position(base.position() + written);
        return written;
    }

    @Override
    public int read(ByteBuffer bytes) throws IOException {
        return base.read(bytes);
    }

    @Override
    public int read(ByteBuffer bytes, long position) throws IOException {
        return base.read(bytes, position);
    }

    @Override
    public long position() throws IOException {
        return base.position();
    }

    @Override
    public FileChannel position(long position) throws IOException {
        base.position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        return base.size();
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        base.truncate(size);
        return this;
    }

    @Override
    public void force(boolean metaData) throws IOException {
        base.force(metaData);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
        return base.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        base.close();
    }
}
