/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.record;

import io.passbridge.credential.SourceAnchor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Understands lines of the smbpasswd format as {@code pdbedit -Lw} writes them (smbpasswd(5)):
 * {@code name:uid:LM hash:NT hash:[flags]:LCT-time:}. The LM hash is never looked at.
 *
 * <p>The format has no immutable identifier. The anchor is the Unix uid, or the name where Samba
 * knows no uid and writes 2^32-1.
 */
public final class SmbpasswdParser implements RecordParser {
    /** The prefix of anchors that were made here. */
    static final String ANCHOR_PREFIX = "smbpasswd:";

    private static final int NAME = 0;
    private static final int UNIX_ID = 1;
    private static final int NT_HASH = 3;
    private static final int FLAGS = 4;
    private static final int LAST_CHANGE = 5;
    private static final String NO_UNIX_ID = "4294967295";

    private final AttributeNames names;

    public SmbpasswdParser(AttributeNames names) {
        this.names = names;
    }

    /** Whether a line looks like one of this format. */
    static boolean fits(RawRecord record) {
        if (record.count() != 1) {
            return false;
        }
        int[] ends = fieldEnds(record);
        return ends[LAST_CHANGE] > 0 && ends[NT_HASH] - ends[NT_HASH - 1] == 33;
    }

    private static int[] fieldEnds(RawRecord record) {
        int[] ends = new int[LAST_CHANGE + 1];
        int field = 0;
        for (int i = record.from(0); i < record.to(0) && field < ends.length; i++) {
            if (record.buffer()[i] == ':') {
                ends[field++] = i;
            }
        }
        if (field == LAST_CHANGE) {
            ends[field] = record.to(0);
        }
        return ends;
    }

    @Override
    public FileRecord parse(RawRecord record) throws BadRecordException {
        if (record.count() == 0) {
            return new FileRecord.Nothing();
        }
        int[] ends = fieldEnds(record);
        long line = record.number(0);
        if (ends[LAST_CHANGE] == 0) {
            throw new BadRecordException(
                    line, "the line has fewer than the six fields of the smbpasswd format");
        }
        String name = field(record, ends, NAME);
        if (name.isBlank()) {
            throw new BadRecordException(line, "the line has no name in its first field");
        }
        String anchor = anchor(name, field(record, ends, UNIX_ID), line);
        Entry entry = new Entry("", names.size());
        put(entry, Attribute.UID, name);
        put(entry, Attribute.SAMBA_ACCT_FLAGS, field(record, ends, FLAGS));
        entry.add(
                Attribute.SAMBA_NT_PASSWORD.ordinal(),
                Arrays.copyOfRange(record.buffer(), ends[NT_HASH - 1] + 1, ends[NT_HASH]));
        put(
                entry,
                Attribute.SAMBA_PWD_LAST_SET,
                lastChange(field(record, ends, LAST_CHANGE), line));
        put(entry, Attribute.FILE_ANCHOR, anchor);
        return new FileRecord.Content(entry);
    }

    private static String anchor(String name, String unixId, long line) throws BadRecordException {
        if (!unixId.matches("[0-9]{1,10}")) {
            throw new BadRecordException(line, "the second field is not a Unix uid");
        }
        String id = unixId.equals(NO_UNIX_ID) ? name.toLowerCase(Locale.ROOT) : unixId;
        String anchor = ANCHOR_PREFIX + id;
        if (anchor.length() > SourceAnchor.MAX_LENGTH) {
            throw new BadRecordException(
                    line,
                    "the name has "
                            + name.length()
                            + " characters, and an anchor can have "
                            + SourceAnchor.MAX_LENGTH);
        }
        return anchor;
    }

    private static String lastChange(String field, long line) throws BadRecordException {
        try {
            return Long.toString(Long.parseLong(field.substring("LCT-".length()), 16));
        } catch (NumberFormatException | IndexOutOfBoundsException malformed) {
            throw new BadRecordException(
                    line, "the sixth field is not of the form LCT-xxxxxxxx, so its age is unknown");
        }
    }

    private static String field(RawRecord record, int[] ends, int field) {
        int from = field == 0 ? record.from(0) : ends[field - 1] + 1;
        return new String(record.buffer(), from, ends[field] - from, StandardCharsets.UTF_8)
                .strip();
    }

    private static void put(Entry entry, Attribute attribute, String text) {
        entry.add(attribute.ordinal(), text.getBytes(StandardCharsets.UTF_8));
    }
}
