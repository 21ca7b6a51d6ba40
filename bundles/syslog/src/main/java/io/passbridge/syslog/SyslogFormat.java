/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.syslog;

import io.passbridge.event.EventType.Severity;
import io.passbridge.event.JournalRecord;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Writes records of the journal as messages of RFC 5424, each behind its length (octet counting,
 * RFC 6587 section 3.4.1 and RFC 5425 section 4.3). Immutable.
 *
 * @param facility 0 to 23
 * @param host as the sender names itself
 * @param process the sender's process id
 */
record SyslogFormat(int facility, String host, long process) {
    /** What receivers should take at least (RFC 5425 section 4.3.1), less what stands before. */
    private static final int LONGEST = 8_000;

    private static final int LONGEST_VALUE = 1_000;
    private static final int LONGEST_NAME = 32;
    private static final int SEVERITIES = 8;

    /** The number that RFC 5612 sets apart for documentation: the project has none of its own. */
    private static final String ENTERPRISE = "@32473";

    SyslogFormat {
        if (facility < 0 || facility > 23) {
            throw new IllegalArgumentException(
                    "facility " + facility + " of io.passbridge.syslog is not within 0 to 23");
        }
        host = printable(host, 255);
    }

    byte[] frame(JournalRecord record) {
        byte[] message = message(record).getBytes(StandardCharsets.UTF_8);
        byte[] length = (message.length + " ").getBytes(StandardCharsets.US_ASCII);
        byte[] frame = new byte[length.length + message.length];
        System.arraycopy(length, 0, frame, 0, length.length);
        System.arraycopy(message, 0, frame, length.length, message.length);
        return frame;
    }

    private String message(JournalRecord record) {
        return "<%d>1 %s %s passbridge %d %d %s \uFEFF%s: %s"
                .formatted(
                        facility * SEVERITIES + number(record.severity()),
                        record.time(),
                        host,
                        process,
                        record.number(),
                        data(record),
                        line(record.subject()),
                        line(record.text()));
    }

    private static int number(Severity severity) {
        return switch (severity) {
            case ERROR -> 3;
            case WARNING -> 4;
            case INFORMATION -> 6;
        };
    }

    private static String data(JournalRecord record) {
        StringBuilder data =
                new StringBuilder("[passbridge")
                        .append(ENTERPRISE)
                        .append(parameter("sequence", Long.toString(record.sequence())))
                        .append(parameter("actor", record.actor()))
                        .append(parameter("subject", record.subject()))
                        .append(parameter("hash", record.hash()))
                        .append(']');
        if (!record.attributes().isEmpty()) {
            data.append("[facts").append(ENTERPRISE);
            for (Map.Entry<String, String> fact : record.attributes().entrySet()) {
                String parameter = parameter(fact.getKey(), fact.getValue());
                if (bytes(data) + bytes(parameter) > LONGEST - LONGEST_VALUE) {
                    data.append(parameter("more", "events:list shows the other facts"));
                    break;
                }
                data.append(parameter);
            }
            data.append(']');
        }
        return data.toString();
    }

    private static int bytes(CharSequence text) {
        return text.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    private static String parameter(String name, String value) {
        return " "
                + printable(name, LONGEST_NAME)
                + "=\""
                + line(value).replace("\\", "\\\\").replace("\"", "\\\"").replace("]", "\\]")
                + '"';
    }

    /** On one line and not too long: receivers cut a message at a line feed, or escape it. */
    private static String line(String text) {
        String one = text.replaceAll("\\p{Cntrl}", " ");
        if (one.length() <= LONGEST_VALUE) {
            return one;
        }
        int end = Character.isHighSurrogate(one.charAt(LONGEST_VALUE - 2)) ? 2 : 1;
        return one.substring(0, LONGEST_VALUE - end) + "\u2026";
    }

    /** PRINTUSASCII without what ends a name (RFC 5424 section 6). */
    private static String printable(String name, int longest) {
        String plain = name.replaceAll("[^!-~]|[=\\]\"]", "-");
        return plain.isEmpty() ? "-" : plain.substring(0, Math.min(plain.length(), longest));
    }
}
