/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc.journal;

import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.event.JournalRecord;
import io.passbridge.store.jdbc.database.Text;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A record as it stands in the table, with every field as it is hashed. */
record JournalRow(
        long sequence,
        long atMillis,
        int number,
        String severity,
        String actor,
        String subject,
        String text,
        String attributes) {
    static final String COLUMNS =
            "seq, at_ms, number, severity, actor, subject, text, attributes, hash";

    /** The longest attribute value, in characters. */
    static final int VALUE_LIMIT = 2_000;

    private static final int NAME_LIMIT = 255;
    private static final int SUBJECT_LIMIT = 500;
    private static final int MOST_ATTRIBUTES = 200;

    static JournalRow of(
            long sequence,
            Instant at,
            EventType type,
            String subject,
            Map<Fact, String> attributes) {
        // callers use maps without an order of their own; readers want the same one each time
        Map<String, String> further = new TreeMap<>();
        attributes.forEach(
                (key, value) -> {
                    if (key != Fact.ACTOR && further.size() < MOST_ATTRIBUTES) {
                        further.put(Text.fit(key.text(), NAME_LIMIT), Text.fit(value, VALUE_LIMIT));
                    }
                });
        return new JournalRow(
                sequence,
                at.toEpochMilli(),
                type.number(),
                type.severity().name(),
                Text.fit(attributes.getOrDefault(Fact.ACTOR, "system"), NAME_LIMIT),
                Text.fit(subject, SUBJECT_LIMIT),
                Text.fit(type.text(), VALUE_LIMIT),
                AttributeText.encode(further));
    }

    static JournalRow read(ResultSet result) throws SQLException {
        return new JournalRow(
                result.getLong(1),
                result.getLong(2),
                result.getInt(3),
                result.getString(4),
                result.getString(5),
                result.getString(6),
                result.getString(7),
                result.getString(8));
    }

    /** The hash that stands in the table, if the record is there. */
    static Optional<byte[]> hash(Connection connection, long sequence) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT hash FROM journal WHERE seq = ?")) {
            select.setLong(1, sequence);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
            }
        }
    }

    void insert(PreparedStatement statement, byte[] hash) throws SQLException {
        statement.setLong(1, sequence);
        statement.setLong(2, atMillis);
        statement.setInt(3, number);
        statement.setString(4, severity);
        statement.setString(5, actor);
        statement.setString(6, subject);
        statement.setString(7, text);
        statement.setString(8, attributes);
        statement.setBytes(9, hash);
        statement.executeUpdate();
    }

    JournalRecord toRecord(byte[] hash) {
        return new JournalRecord(
                sequence,
                Instant.ofEpochMilli(atMillis),
                number,
                severityOrError(),
                actor,
                subject,
                text,
                Collections.unmodifiableMap(AttributeText.decode(attributes)),
                HexFormat.of().formatHex(hash));
    }

    /** A severity that somebody wrote into the table by hand must not hide the record. */
    private EventType.Severity severityOrError() {
        for (EventType.Severity known : EventType.Severity.values()) {
            if (known.name().equals(severity)) {
                return known;
            }
        }
        return EventType.Severity.ERROR;
    }
}
