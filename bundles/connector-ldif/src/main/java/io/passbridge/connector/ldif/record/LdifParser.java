/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.record;

import io.passbridge.connector.ldif.record.FileRecord.Modification;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Understands LDIF (RFC 2849): content and change records, and what ldapsearch and ldbsearch write
 * around them.
 */
public final class LdifParser implements RecordParser {
    private static final byte[] DN = {'d', 'n'};
    private static final byte[] CHANGE_TYPE = ascii("changetype");
    private static final byte[] CONTROL = ascii("control");
    private static final FileRecord NOTHING = new FileRecord.Nothing();

    private final AttributeNames names;

    public LdifParser(AttributeNames names) {
        this.names = names;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public FileRecord parse(RawRecord record) throws BadRecordException {
        LineReader line = new LineReader(record);
        if (!line.next()) {
            return NOTHING;
        }
        if (line.isName(ascii("version")) && !line.next()) {
            return NOTHING;
        }
        if (!line.isName(DN)) {
            return aside(line);
        }
        String dn = line.text();
        boolean more = line.next();
        while (more && line.isName(CONTROL)) {
            more = line.next();
        }
        if (!more || !line.isName(CHANGE_TYPE)) {
            return content(dn, line, more);
        }
        String type = line.text().toLowerCase(Locale.ROOT);
        return switch (type) {
            case "add" -> content(dn, line, line.next());
            case "modify" -> modify(dn, line);
            case "delete" -> new FileRecord.Delete(dn);
            case "modrdn", "moddn" -> rename(dn, line);
            default ->
                    throw new BadRecordException(
                            line.number(), "changetype '" + type + "' is not known");
        };
    }

    /** What search tools write beside the entries. */
    private static FileRecord aside(LineReader line) throws BadRecordException {
        do {
            if (line.isName(ascii("result"))) {
                String result = line.text();
                if (!result.equals("0") && !result.startsWith("0 ")) {
                    throw new BadRecordException(
                            line.number(),
                            "the search that wrote this file ended with result "
                                    + result
                                    + ", so entries may be missing; repeat the export");
                }
            } else if (!line.isName(ascii("search")) && !line.isName(ascii("ref"))) {
                throw new BadRecordException(
                        line.number(),
                        "the record does not begin with 'dn:' but with '" + line.name() + "'");
            }
        } while (line.next());
        return NOTHING;
    }

    private FileRecord content(String dn, LineReader line, boolean first)
            throws BadRecordException {
        Entry entry = new Entry(dn, names.size());
        try {
            for (boolean more = first; more; more = line.next()) {
                if (line.isDash()) {
                    throw new BadRecordException(
                            line.number(), "a '-' stands in a record that is no modification");
                }
                int slot = line.slot(names);
                if (slot != AttributeNames.NONE) {
                    entry.add(slot, line.value());
                }
            }
            return new FileRecord.Content(entry);
        } catch (BadRecordException bad) {
            entry.close();
            throw bad;
        }
    }

    private FileRecord modify(String dn, LineReader line) throws BadRecordException {
        List<Modification> modifications = new ArrayList<>();
        try {
            while (line.next()) {
                Modification.Operation operation = operation(line);
                String attribute = line.text();
                int slot = names.slot(attribute);
                List<byte[]> values = new ArrayList<>();
                while (line.next() && !line.isDash()) {
                    if (slot != AttributeNames.NONE && line.slot(names) == slot) {
                        values.add(line.value());
                    }
                }
                if (slot != AttributeNames.NONE) {
                    modifications.add(new Modification(operation, slot, values));
                }
            }
            return new FileRecord.Modify(dn, modifications);
        } catch (BadRecordException bad) {
            modifications.forEach(Modification::close);
            throw bad;
        }
    }

    private static Modification.Operation operation(LineReader line) throws BadRecordException {
        String name = line.name().toLowerCase(Locale.ROOT);
        return switch (name) {
            case "add" -> Modification.Operation.ADD;
            case "delete" -> Modification.Operation.DELETE;
            case "replace", "increment" -> Modification.Operation.REPLACE;
            default ->
                    throw new BadRecordException(
                            line.number(),
                            "'"
                                    + name
                                    + "' stands where add, delete or replace begins a"
                                    + " modification");
        };
    }

    private static FileRecord rename(String dn, LineReader line) throws BadRecordException {
        String newRdn = null;
        boolean keepOld = false;
        String superior = DistinguishedName.parent(dn);
        long number = line.number();
        while (line.next()) {
            if (line.isName(ascii("newrdn"))) {
                newRdn = line.text();
            } else if (line.isName(ascii("deleteoldrdn"))) {
                keepOld = line.text().equals("0");
            } else if (line.isName(ascii("newsuperior"))) {
                superior = line.text();
            }
        }
        if (newRdn == null) {
            throw new BadRecordException(number, "the renaming of " + dn + " has no 'newrdn'");
        }
        String newDn = superior.isEmpty() ? newRdn : newRdn + "," + superior;
        return new FileRecord.Rename(dn, newRdn, newDn, keepOld);
    }
}
