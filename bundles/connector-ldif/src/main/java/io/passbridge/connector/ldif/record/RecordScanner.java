/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Cuts a range of a file into records in constant memory. Every byte up to {@link #offset} has been
 * given to the fingerprint; the buffer, which holds hashes, is wiped on close.
 */
public final class RecordScanner implements AutoCloseable {
    private static final int CHUNK = 1 << 18;

    private final Bytes bytes;
    private final long end;
    private final RecordLayout layout;
    private final int maxRecordBytes;
    private final Consumer<ByteBuffer> fingerprint;
    private final RawRecord record = new RawRecord();

    private byte[] buffer;

    /** Where in the file the buffer begins. */
    private long bufferAt;

    /** Where the lines of the record end, counted from the position. */
    private int[] lineEnds = new int[128];

    private int lineEndCount;
    private int position;
    private int limit;
    private long line;
    private long recordLine;
    private long recordOffset;
    private RecordTrouble trouble = RecordTrouble.NONE;

    /** Where the bytes come from: {@code FileChannel::read}. */
    @FunctionalInterface
    public interface Bytes {
        /**
         * @return how many were read, -1 at the end
         */
        int read(ByteBuffer into, long position) throws IOException;
    }

    /**
     * @param from where to begin, at the start of a record
     * @param line the number of lines before that place
     * @param end where to end: what lies behind has not been looked at yet
     * @param fingerprint is given every byte that has been passed, in order
     */
    public RecordScanner(
            Bytes bytes,
            long from,
            long line,
            long end,
            RecordLayout layout,
            int maxRecordBytes,
            Consumer<ByteBuffer> fingerprint) {
        this.bytes = bytes;
        this.bufferAt = from;
        this.line = line;
        this.end = end;
        this.buffer = new byte[(int) Math.max(1, Math.min(CHUNK, end - from))];
        this.layout = layout;
        this.maxRecordBytes = maxRecordBytes;
        this.fingerprint = fingerprint;
    }

    /**
     * Goes on to the next record.
     *
     * @param acceptUnterminated whether a last record counts that no blank line ends
     * @return false at the end, or before a last record that does not count
     */
    public boolean next(boolean acceptUnterminated) throws IOException {
        trouble = RecordTrouble.NONE;
        record.reset(buffer);
        recordLine = line;
        recordOffset = offset();
        int scanned = 0;
        int lines = 0;
        int content = 0;
        boolean named = false;
        lineEndCount = 0;
        while (true) {
            int newline = indexOfNewline(position + scanned);
            if (newline < 0) {
                if (limit - position >= maxRecordBytes) {
                    return skipLongRecord();
                }
                if (fill()) {
                    continue;
                }
                boolean onlyComments = content == 0 && position + scanned == limit;
                if (position == limit || !(acceptUnterminated || onlyComments)) {
                    return false;
                }
                return take(limit);
            }
            int lineFrom = position + scanned;
            boolean blank =
                    newline == lineFrom || newline == lineFrom + 1 && buffer[lineFrom] == '\r';
            if (blank && lines == 0) {
                consume(newline + 1, 1);
                recordLine = line;
                recordOffset = offset();
                continue;
            }
            addLineEnd(newline - position);
            if (blank || layout == RecordLayout.LINES) {
                return take(newline + 1);
            }
            if (startsWithDn(lineFrom)) {
                if (named) {
                    trouble = RecordTrouble.RUNS_ON;
                    return take(lineFrom);
                }
                named = true;
            }
            lines++;
            if (buffer[lineFrom] != '#' && (content > 0 || buffer[lineFrom] != ' ')) {
                content++;
            }
            scanned = newline + 1 - position;
        }
    }

    private void addLineEnd(int fromPosition) {
        if (lineEndCount == lineEnds.length) {
            lineEnds = Arrays.copyOf(lineEnds, lineEndCount * 2);
        }
        lineEnds[lineEndCount++] = fromPosition;
    }

    private int indexOfNewline(int from) {
        byte[] bytes = buffer;
        for (int i = from; i < limit; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private boolean startsWithDn(int at) {
        return at + 2 < limit
                && (buffer[at] | 32) == 'd'
                && (buffer[at + 1] | 32) == 'n'
                && buffer[at + 2] == ':';
    }

    /** Splits what lies before the given place into logical lines and passes it. */
    private boolean take(int recordEnd) {
        int from = bufferAt + position == 0 ? afterByteOrderMark(recordEnd) : position;
        long number = line;
        int newlines = 0;
        fingerprint.accept(ByteBuffer.wrap(buffer, position, recordEnd - position));
        record.reset(buffer);
        boolean comment = false;
        while (from < recordEnd) {
            int newline = newlines < lineEndCount ? position + lineEnds[newlines] : recordEnd;
            number++;
            newlines++;
            int to = newline > from && buffer[newline - 1] == '\r' ? newline - 1 : newline;
            if (to > from) {
                boolean folded = buffer[from] == ' ' && layout == RecordLayout.BLOCKS;
                if (!folded) {
                    comment = buffer[from] == '#';
                }
                if (!comment) {
                    if (!folded) {
                        record.addLine(from, to, number);
                    } else if (record.count() > 0) {
                        record.extendLast(from + 1, to);
                    }
                }
            }
            from = newline + 1;
        }
        if (recordEnd - position > maxRecordBytes) {
            trouble = RecordTrouble.TOO_LONG;
            record.reset(buffer);
        }
        position = recordEnd;
        line += newlines;
        return true;
    }

    /** Some editors on Windows put three bytes before the text. */
    private int afterByteOrderMark(int recordEnd) {
        boolean marked =
                recordEnd >= 3
                        && buffer[0] == (byte) 0xEF
                        && buffer[1] == (byte) 0xBB
                        && buffer[2] == (byte) 0xBF;
        return marked ? 3 : 0;
    }

    private void consume(int to, int newlines) {
        fingerprint.accept(ByteBuffer.wrap(buffer, position, to - position));
        position = to;
        line += newlines;
    }

    /** Passes a record that is too long to be held, up to the line that ends it. */
    private boolean skipLongRecord() throws IOException {
        trouble = RecordTrouble.TOO_LONG;
        record.reset(buffer);
        boolean lineStart = false;
        while (true) {
            while (position < limit) {
                int newline = indexOfNewline(position);
                if (newline < 0) {
                    lineStart = false;
                    consume(limit, 0);
                    break;
                }
                boolean blank =
                        lineStart
                                && (newline == position
                                        || newline == position + 1 && buffer[position] == '\r');
                consume(newline + 1, 1);
                lineStart = true;
                if (blank || layout == RecordLayout.LINES) {
                    return true;
                }
            }
            if (!fill()) {
                return true;
            }
        }
    }

    /** Reads more behind what is there, moving and growing the buffer as needed. */
    private boolean fill() throws IOException {
        long unread = end - bufferAt - limit;
        if (unread <= 0) {
            return false;
        }
        if (position > 0) {
            int kept = limit - position;
            System.arraycopy(buffer, position, buffer, 0, kept);
            bufferAt += position;
            position = 0;
            limit = kept;
        }
        if (limit == buffer.length) {
            byte[] larger = Arrays.copyOf(buffer, buffer.length * 2);
            Arrays.fill(buffer, (byte) 0);
            buffer = larger;
        }
        int wanted = (int) Math.min(unread, buffer.length - limit);
        int read = bytes.read(ByteBuffer.wrap(buffer, limit, wanted), bufferAt + limit);
        if (read <= 0) {
            throw new IOException(
                    "the file ended at byte "
                            + (bufferAt + limit)
                            + " while it was read; "
                            + end
                            + " bytes were there before");
        }
        limit += read;
        return true;
    }

    public RawRecord record() {
        return record;
    }

    RecordTrouble trouble() {
        return trouble;
    }

    /** The number of the line on which the record begins. */
    long recordLine() {
        return recordLine + 1;
    }

    long recordOffset() {
        return recordOffset;
    }

    /** Up to where the file has been passed. */
    public long offset() {
        return bufferAt + position;
    }

    /** How many lines have been passed. */
    long line() {
        return line;
    }

    @Override
    public void close() {
        Arrays.fill(buffer, (byte) 0);
        limit = 0;
        position = 0;
    }
}
