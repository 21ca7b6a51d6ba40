/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.passbridge.connector.AttributeMapping;
import io.passbridge.connector.ldif.record.AttributeNames;
import io.passbridge.connector.ldif.record.BadRecordException;
import io.passbridge.connector.ldif.record.Entry;
import io.passbridge.connector.ldif.record.FileRecord;
import io.passbridge.connector.ldif.record.LdifParser;
import io.passbridge.connector.ldif.record.RawRecord;
import io.passbridge.connector.ldif.record.RecordLayout;
import io.passbridge.connector.ldif.record.RecordParser;
import io.passbridge.connector.ldif.record.RecordScanner;
import io.passbridge.connector.ldif.record.SmbpasswdParser;
import io.passbridge.connector.ldif.user.EntryMapping;
import io.passbridge.connector.ldif.user.UnusableCredentialException;
import io.passbridge.connector.ldif.user.UserAttributes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;

/**
 * Whatever stands in a file, it is passed once, in order, and nothing but a bad record comes of it.
 */
class LdifFuzzTest {
    private static final int SMALL = 300;
    private static final AttributeNames NAMES =
            new AttributeNames(List.of("entryUUID", "objectGUID"));
    private static final UserAttributes USERS =
            new UserAttributes(
                    List.of("entryUUID", "objectGUID"), List.of("uid"), AttributeMapping.NONE, "");
    private static final EntryMapping MAPPING = new EntryMapping(USERS, NAMES, Clock.systemUTC());

    @FuzzTest(maxDuration = "10m")
    void read(byte[] data) {
        fuzzerTestOneInput(data);
    }

    /** Reads the input in both layouts, with room and without. */
    public static void fuzzerTestOneInput(byte[] data) {
        try {
            for (RecordLayout layout : RecordLayout.values()) {
                scan(data, layout, 1 << 20);
                scan(data, layout, SMALL);
            }
        } catch (IOException trouble) {
            throw new UncheckedIOException(trouble);
        }
    }

    private static void scan(byte[] data, RecordLayout layout, int maxRecordBytes)
            throws IOException {
        long[] passed = {0};
        RecordParser parser =
                layout == RecordLayout.LINES ? new SmbpasswdParser(NAMES) : new LdifParser(NAMES);
        try (RecordScanner scanner =
                new RecordScanner(
                        (into, position) -> {
                            int length = Math.min(into.remaining(), data.length - (int) position);
                            into.put(data, (int) position, length);
                            return length;
                        },
                        0,
                        0,
                        data.length,
                        layout,
                        maxRecordBytes,
                        bytes -> passed[0] += bytes.remaining())) {
            long before = 0;
            while (scanner.next(true)) {
                require(scanner.offset() > before, "a record does not move on");
                before = scanner.offset();
                map(parser, scanner.record());
            }
            require(scanner.offset() == data.length, "something was left unread");
            require(passed[0] == data.length, "the fingerprint missed bytes");
        }
    }

    private static void map(RecordParser parser, RawRecord record) {
        if (record.count() == 0) {
            return;
        }
        try (FileRecord parsed = parser.parse(record)) {
            if (parsed instanceof FileRecord.Content content
                    && MAPPING.loginName(content.entry()).isPresent()) {
                Entry entry = content.entry();
                var anchor = MAPPING.anchor(entry);
                if (anchor.isPresent()) {
                    MAPPING.change(anchor.get(), "login", entry, MAPPING.state(entry), 1).close();
                }
            }
        } catch (BadRecordException | UnusableCredentialException reported) {
            require(!reported.getMessage().isBlank(), "a report without a reason");
        }
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise);
        }
    }
}
