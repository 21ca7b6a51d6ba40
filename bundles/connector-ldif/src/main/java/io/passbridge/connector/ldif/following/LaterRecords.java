/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.following;

import io.passbridge.connector.ldif.record.BadRecords;
import io.passbridge.connector.ldif.record.DistinguishedName;
import io.passbridge.connector.ldif.record.Entry;
import io.passbridge.connector.ldif.record.FileRecord;
import io.passbridge.connector.ldif.record.FileState;
import io.passbridge.connector.ldif.record.LdifFile;
import io.passbridge.connector.ldif.record.RecordStream;
import io.passbridge.connector.ldif.user.EntryMapping;
import io.passbridge.credential.SourceAnchor;
import java.io.IOException;

/**
 * Of whom the part of a file that is going to be read speaks more than once: nothing is sent of
 * them but the last word, so that no target takes a password on the way that was changed since.
 */
final class LaterRecords {
    private static final long CHANGED = 1;
    private static final long DESCRIBED = 2;

    private final TextSet repeated = new TextSet();

    /** By name, whether a change comes behind the last description. */
    private final RecordTable names = new RecordTable();

    private LaterRecords() {}

    /** One pass over the records behind a place. */
    static LaterRecords behind(LdifFile file, Place place, FileState state, EntryMapping mapping)
            throws IOException {
        LaterRecords later = new LaterRecords();
        TextSet once = new TextSet();
        try (RecordStream records =
                file.stream(
                        file.channel(),
                        place.offset(),
                        place.line(),
                        state.size(),
                        bytes -> {},
                        BadRecords.SILENT)) {
            FileRecord record;
            while ((record = records.next(true)) != null) {
                try (FileRecord closing = record) {
                    record.changedName().ifPresent(dn -> later.names.put(keyOf(dn), CHANGED));
                    if (record instanceof FileRecord.Content content
                            && mapping.loginName(content.entry()).isPresent()) {
                        later.described(content.entry(), mapping, once);
                    }
                }
            }
        }
        return later;
    }

    private void described(Entry entry, EntryMapping mapping, TextSet once) {
        long key = keyOf(entry.dn());
        if (names.contains(key)) {
            names.put(key, DESCRIBED);
        }
        mapping.anchor(entry)
                .map(SourceAnchor::value)
                .filter(anchor -> !once.add(anchor))
                .ifPresent(repeated::add);
    }

    private static long keyOf(String dn) {
        return TextSet.hash(DistinguishedName.normalized(dn));
    }

    /** Whether a user whose first record this is comes once more. */
    boolean speakOf(SourceAnchor anchor, String dn) {
        return repeated.contains(anchor.value()) || names.print(keyOf(dn)) == CHANGED;
    }
}
