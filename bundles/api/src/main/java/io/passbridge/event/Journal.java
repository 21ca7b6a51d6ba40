/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.event;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The event journal: numbered, hash-chained, durable. A service, thread-safe. Records hold nothing
 * secret; the journal refuses attribute values longer than 2,000 characters by cutting them.
 */
@ProviderType
public interface Journal {
    /**
     * Records an event, durably, before it returns.
     *
     * @param type what happened
     * @param subject what it happened to: {@code route corp_cloud}, {@code key 3}
     * @param facts those that the type names, without anything secret; kept in the order of their
     *     names
     * @return the record's sequence number
     * @throws JournalException if it cannot be written; an administrative act is then refused
     */
    long record(EventType type, String subject, Map<Fact, String> facts) throws JournalException;

    /** Records an event without further facts. */
    default long record(EventType type, String subject) throws JournalException {
        return record(type, subject, Map.of());
    }

    /**
     * The latest records, newest first.
     *
     * @param filter which
     * @param limit at most so many, 1 to 10,000
     */
    List<JournalRecord> list(JournalFilter filter, int limit) throws JournalException;

    /** Records after a sequence number, oldest first, for following. */
    List<JournalRecord> after(long sequence, int limit) throws JournalException;

    /** What was removed from the journal's beginning; empty if it begins with its first record. */
    default Optional<Pruned> pruned() throws JournalException {
        return Optional.empty();
    }

    /**
     * What was removed from the journal's beginning, by its retention. A record of the journal
     * itself ({@link EventType#JOURNAL_PRUNED}) says the same, so that the chain holds it.
     *
     * @param records how many: those from 1 to this number
     * @param newest when the last of them was written
     * @param hash of the chain at the last of them, as in {@link JournalRecord#hash}
     * @param at when they were removed
     */
    record Pruned(long records, Instant newest, String hash, Instant at) {}

    /** Recomputes the hash chain from the first record to the last. */
    Verification verify() throws JournalException;

    /**
     * The result of {@link #verify}.
     *
     * @param records how many were read
     * @param brokenAt the sequence number of the first record that does not fit, or -1
     * @param text in words
     */
    record Verification(long records, long brokenAt, String text) {
        public boolean intact() {
            return brokenAt < 0;
        }
    }
}
