/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Opens the file, in whichever of the two formats it is. Thread-safe. */
public final class LdifFile implements AutoCloseable {
    private static final int DETECTION_BYTES = 1 << 16;

    private final Path path;
    private final int maxRecordBytes;
    private final AttributeNames names;
    private final Set<FileChannel> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * @param maxRecordBytes the longest record that is looked at
     */
    public LdifFile(Path path, int maxRecordBytes, AttributeNames names) {
        this.path = path;
        this.maxRecordBytes = maxRecordBytes;
        this.names = names;
    }

    public Path path() {
        return path;
    }

    public FileChannel channel() throws IOException {
        open.removeIf(channel -> !channel.isOpen());
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        open.add(channel);
        if (closed) {
            channel.close();
            throw new ClosedChannelException();
        }
        return channel;
    }

    /** All records up to a place, without telling of bad ones. */
    public RecordStream beginning(long end) throws IOException {
        return stream(channel(), 0, 0, end, bytes -> {}, BadRecords.SILENT);
    }

    /**
     * The records of a range.
     *
     * @param channel closed with the stream, or at once if this fails
     */
    public RecordStream stream(
            FileChannel channel,
            long from,
            long line,
            long end,
            Consumer<ByteBuffer> fingerprint,
            BadRecords bad)
            throws IOException {
        try {
            RecordLayout layout = layout(channel, end);
            RecordParser parser =
                    layout == RecordLayout.LINES
                            ? new SmbpasswdParser(names)
                            : new LdifParser(names);
            return new RecordStream(
                    channel,
                    new RecordScanner(
                            channel::read, from, line, end, layout, maxRecordBytes, fingerprint),
                    parser,
                    maxRecordBytes,
                    bad);
        } catch (IOException trouble) {
            channel.close();
            throw trouble;
        }
    }

    /** Looks at the first line that says anything. */
    private static RecordLayout layout(FileChannel channel, long end) throws IOException {
        long head = Math.min(end, DETECTION_BYTES);
        try (RecordScanner scanner =
                new RecordScanner(
                        channel::read,
                        0,
                        0,
                        head,
                        RecordLayout.LINES,
                        DETECTION_BYTES,
                        bytes -> {})) {
            while (scanner.next(true)) {
                if (scanner.record().count() > 0) {
                    return SmbpasswdParser.fits(scanner.record())
                            ? RecordLayout.LINES
                            : RecordLayout.BLOCKS;
                }
            }
            return RecordLayout.BLOCKS;
        }
    }

    /** Breaks off every reading that is under way, and refuses new ones. */
    @Override
    public void close() {
        closed = true;
        for (FileChannel channel : open) {
            try {
                channel.close();
            } catch (IOException ignored) {
                // it was only read from
            }
        }
    }
}
