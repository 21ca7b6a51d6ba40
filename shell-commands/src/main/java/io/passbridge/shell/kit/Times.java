/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.kit;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as people type and read them. */
final class Times {
    private static final Pattern LENGTH = Pattern.compile("([0-9]{1,9})(s|m|h|d)");
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);
    private static final int SECONDS_A_MINUTE = 60;
    private static final int MINUTES_AN_HOUR = 60;
    private static final int HOURS_A_DAY = 24;

    private Times() {}

    static Duration length(String option, String value) throws Misuse {
        Matcher matcher = LENGTH.matcher(value);
        if (matcher.matches()) {
            long count = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "s" -> Duration.ofSeconds(count);
                case "m" -> Duration.ofMinutes(count);
                case "h" -> Duration.ofHours(count);
                default -> Duration.ofDays(count);
            };
        }
        throw new Misuse(
                option
                        + " cannot be '"
                        + value
                        + "'; it is a length of time such as 90s, 15m,"
                        + " 2h or 7d");
    }

    static Instant moment(String option, String value, Instant now) throws Misuse {
        if (LENGTH.matcher(value).matches()) {
            return now.minus(length(option, value));
        }
        try {
            return OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeException e) {
            throw new Misuse(
                    option
                            + " cannot be '"
                            + value
                            + "'; it is a moment such as "
                            + "2026-11-21T08:30:00Z, or a length of time before now such as 2h");
        }
    }

    static String show(Instant moment) {
        return MOMENT.format(moment);
    }

    /** Two units are enough: {@code 850 ms}, {@code 12.3 s}, {@code 4 m 10 s}, {@code 2 d 3 h}. */
    static String show(Duration length) {
        if (length.isNegative()) {
            return "-" + show(length.negated());
        }
        if (length.compareTo(Duration.ofSeconds(1)) < 0) {
            return length.toMillis() + " ms";
        }
        if (length.compareTo(Duration.ofMinutes(1)) < 0) {
            long tenths = length.toMillis() / 100;
            return tenths / 10 + "." + tenths % 10 + " s";
        }
        Duration whole = length.truncatedTo(ChronoUnit.SECONDS);
        if (whole.compareTo(Duration.ofHours(1)) < 0) {
            return whole.toMinutes() + " m " + whole.toSeconds() % SECONDS_A_MINUTE + " s";
        }
        if (whole.compareTo(Duration.ofDays(1)) < 0) {
            return whole.toHours() + " h " + whole.toMinutes() % MINUTES_AN_HOUR + " m";
        }
        return whole.toDays() + " d " + whole.toHours() % HOURS_A_DAY + " h";
    }
}
