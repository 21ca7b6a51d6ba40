/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.event;

import java.time.Instant;
import java.util.Map;

/**
 * One record of the journal.
 *
 * @param sequence its place, from 1 without gaps
 * @param time when it was written
 * @param number the event number
 * @param severity how bad
 * @param actor who caused it: {@code system}, or the operating-system user of the shell
 * @param subject what it happened to
 * @param text the event's text
 * @param attributes further facts
 * @param hash of the chain at this record, SHA-256 as 64 lower-case hexadecimal digits; {@code
 *     docs/formats/journal.md} tells of what
 */
public record JournalRecord(
        long sequence,
        Instant time,
        int number,
        EventType.Severity severity,
        String actor,
        String subject,
        String text,
        Map<String, String> attributes,
        String hash) {}
