/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.record;

import java.io.IOException;
import java.nio.channels.FileChannel;

/** The usable records of a range of a file, one after the other. */
public final class RecordStream implements AutoCloseable {
    private final FileChannel channel;
    private final RecordScanner scanner;
    private final RecordParser parser;
    private final int maxRecordBytes;
    private final BadRecords bad;
    private long recordLine;

    RecordStream(
            FileChannel channel,
            RecordScanner scanner,
            RecordParser parser,
            int maxRecordBytes,
            BadRecords bad) {
        this.channel = channel;
        this.scanner = scanner;
        this.parser = parser;
        this.maxRecordBytes = maxRecordBytes;
        this.bad = bad;
    }

    /**
     * Goes on to the next record that can be used; reports those that cannot.
     *
     * @param acceptUnterminated whether a last record counts that no blank line ends
     * @return closed by the caller, or null at the end
     */
    public FileRecord next(boolean acceptUnterminated) throws IOException {
        while (scanner.next(acceptUnterminated)) {
            recordLine = scanner.recordLine();
            switch (scanner.trouble()) {
                case TOO_LONG ->
                        bad.report(
                                recordLine,
                                "the record is longer than "
                                        + maxRecordBytes / 1024
                                        + " KiB; raise 'maxRecordKiB' if it is a user");
                case RUNS_ON ->
                        bad.report(
                                recordLine,
                                "the next record begins without a blank line before it, so this one"
                                        + " may be incomplete");
                case NONE -> {
                    if (scanner.record().count() > 0) {
                        recordLine = scanner.record().number(0);
                        try {
                            return parser.parse(scanner.record());
                        } catch (BadRecordException reason) {
                            bad.report(reason.line(), reason.getMessage());
                        }
                    }
                }
            }
        }
        return null;
    }

    /** The line on which the last record began. */
    public long recordLine() {
        return recordLine;
    }

    /** Where in the file the last record begins. */
    public long recordOffset() {
        return scanner.recordOffset();
    }

    /** How many lines there are before the last record. */
    public long linesBefore() {
        return scanner.recordLine() - 1;
    }

    public long offset() {
        return scanner.offset();
    }

    public long line() {
        return scanner.line();
    }

    @Override
    public void close() {
        scanner.close();
        try {
            channel.close();
        } catch (IOException ignored) {
            // it was only read from
        }
    }
}
