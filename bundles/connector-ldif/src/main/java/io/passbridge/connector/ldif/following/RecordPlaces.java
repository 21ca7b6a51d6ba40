/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.following;

import io.passbridge.connector.ldif.record.BadRecords;
import io.passbridge.connector.ldif.record.DistinguishedName;
import io.passbridge.connector.ldif.record.FileRecord;
import io.passbridge.connector.ldif.record.FileState;
import io.passbridge.connector.ldif.record.LdifFile;
import io.passbridge.connector.ldif.record.RecordStream;
import io.passbridge.connector.ldif.user.EntryMapping;
import io.passbridge.connector.ldif.user.FilePass;
import io.passbridge.credential.SourceAnchor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Where a file describes whom, so that what it says of some users is found without reading all of
 * it: the beginning, in which nobody is spoken of twice, by name, and the rest as a whole. That is
 * a dump, and what was appended to it. In 27 to 40 bytes an entry. Made by one pass over the file
 * and true as long as the beginning stays what it was; each place is looked at before it is
 * believed. Not thread-safe.
 */
final class RecordPlaces {
    /** So many places at once are not faster than the whole file. */
    private static final int MOST_PLACES = 2_000;

    private final LdifFile file;
    private final EntryMapping mapping;
    private final PlaceTable places = new PlaceTable();
    private Place rest = Place.START;

    private RecordPlaces(LdifFile file, EntryMapping mapping) {
        this.file = file;
        this.mapping = mapping;
    }

    /** A place does not hold what it held. */
    static final class StaleException extends IOException {
        private static final long serialVersionUID = 1L;

        StaleException() {
            super("the file was rewritten");
        }
    }

    /**
     * Notes the places while somebody else reads the file for something.
     *
     * @param end of what is read
     * @param bytes sees all of it
     */
    static RecordPlaces of(
            LdifFile file,
            EntryMapping mapping,
            long end,
            boolean acceptUnterminated,
            Consumer<ByteBuffer> bytes,
            FilePass.Visitor visitor)
            throws IOException {
        RecordPlaces found = new RecordPlaces(file, mapping);
        TextSet anchors = new TextSet();
        boolean once = true;
        try (RecordStream records =
                file.stream(file.channel(), 0, 0, end, bytes, BadRecords.SILENT)) {
            FileRecord record;
            while ((record = records.next(acceptUnterminated)) != null) {
                if (once) {
                    // the last record is part of the rest: it may grow
                    found.rest = new Place(records.recordOffset(), records.linesBefore());
                    once = found.describesAnother(record, anchors);
                }
                visitor.visit(record, records.recordLine());
            }
        }
        return found;
    }

    private boolean describesAnother(FileRecord record, TextSet anchors) {
        if (record instanceof FileRecord.Content content) {
            Optional<SourceAnchor> anchor = mapping.anchor(content.entry());
            return places.put(keyOf(content.entry().dn()), rest)
                    && (anchor.isEmpty() || anchors.add(anchor.get().value()));
        }
        return record instanceof FileRecord.Nothing;
    }

    private static long keyOf(String dn) {
        return TextSet.hash(DistinguishedName.normalized(dn));
    }

    /**
     * A pass that visits what the beginning says of some users, and the rest.
     *
     * @param again users who are described again, with their names: they must be described in the
     *     beginning under the same
     * @return empty if their places are not known, or are too many
     */
    Optional<FilePass> pass(
            FileState state,
            boolean acceptUnterminated,
            Map<SourceAnchor, String> again,
            Set<String> dns) {
        boolean known =
                again.size() + dns.size() <= MOST_PLACES
                        && again.values().stream().allMatch(dn -> place(dn).isPresent());
        return known
                ? Optional.of(
                        (names, visitor) -> {
                            Map<String, Wanted> wanted = new HashMap<>();
                            again.forEach((anchor, dn) -> want(dn, Optional.of(anchor), wanted));
                            names.forEach(dn -> want(dn, Optional.empty(), wanted));
                            visit(wanted.values(), state, acceptUnterminated, visitor);
                        })
                : Optional.empty();
    }

    private record Wanted(Place place, String dn, Optional<SourceAnchor> anchor) {}

    private void want(String dn, Optional<SourceAnchor> anchor, Map<String, Wanted> wanted) {
        String name = DistinguishedName.normalized(dn);
        place(name).ifPresent(place -> wanted.putIfAbsent(name, new Wanted(place, name, anchor)));
    }

    private Optional<Place> place(String dn) {
        return places.get(keyOf(dn)).filter(place -> place.offset() < rest.offset());
    }

    private void visit(
            Collection<Wanted> wanted,
            FileState state,
            boolean unterminated,
            FilePass.Visitor visitor)
            throws IOException {
        List<Wanted> inOrder = new ArrayList<>(wanted);
        inOrder.sort(Comparator.comparing(one -> one.place().offset()));
        for (Wanted one : inOrder) {
            try (RecordStream records = stream(one.place(), state)) {
                FileRecord record = records.next(false);
                if (!isWanted(record, one)) {
                    if (record != null) {
                        record.close();
                    }
                    throw new StaleException();
                }
                visitor.visit(record, records.recordLine());
            }
        }
        try (RecordStream records = stream(rest, state)) {
            FileRecord record;
            while ((record = records.next(unterminated)) != null) {
                visitor.visit(record, records.recordLine());
            }
        }
    }

    private boolean isWanted(FileRecord record, Wanted wanted) {
        return record instanceof FileRecord.Content content
                && DistinguishedName.normalized(content.entry().dn()).equals(wanted.dn())
                && (wanted.anchor().isEmpty()
                        || mapping.anchor(content.entry()).equals(wanted.anchor()));
    }

    private RecordStream stream(Place from, FileState state) throws IOException {
        return file.stream(
                file.channel(),
                from.offset(),
                from.line(),
                state.size(),
                bytes -> {},
                BadRecords.SILENT);
    }
}
