/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.times;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The forms in which directories write times, all turned into FILETIME: 100-nanosecond intervals
 * since 1601 (MS-DTYP 2.3.3).
 */
public final class DirectoryTime {
    public static final long TICKS_PER_SECOND = 10_000_000L;

    /** Never, in Active Directory. */
    private static final long NEVER = Long.MAX_VALUE;

    private static final long EPOCH_SECONDS = 11_644_473_600L;

    /** Far enough for any real date, near enough not to overflow. */
    private static final long MAX_EPOCH_SECONDS = 253_402_300_799L;

    private DirectoryTime() {}

    /** FILETIME as decimal; 0 and 'never' are no time. */
    public static OptionalLong ofFileTime(String text) {
        OptionalLong number = number(text);
        return number.isPresent() && number.getAsLong() > 0 && number.getAsLong() != NEVER
                ? number
                : OptionalLong.empty();
    }

    /** Seconds since 1970; 0 and negative ones are no time. */
    public static OptionalLong ofEpochSeconds(String text) {
        OptionalLong number = number(text);
        return number.isPresent()
                        && number.getAsLong() > 0
                        && number.getAsLong() < MAX_EPOCH_SECONDS
                ? OptionalLong.of((number.getAsLong() + EPOCH_SECONDS) * TICKS_PER_SECOND)
                : OptionalLong.empty();
    }

    /** Days since 1970 (shadow); negative ones are no time. */
    public static OptionalLong ofEpochDays(String text) {
        OptionalLong days = number(text);
        return days.isPresent()
                        && days.getAsLong() >= 0
                        && days.getAsLong() < MAX_EPOCH_SECONDS / 86_400
                ? OptionalLong.of((days.getAsLong() * 86_400 + EPOCH_SECONDS) * TICKS_PER_SECOND)
                : OptionalLong.empty();
    }

    /**
     * Generalized time (RFC 4517 section 3.3.13) in UTC, with or without seconds and a fraction;
     * also the beginning of a change sequence number ({@code 20261121083102.123456Z#...}).
     */
    public static OptionalLong ofGeneralizedTime(String text) {
        int digits = digits(text, 0);
        if (digits != 14 && digits != 12) {
            return OptionalLong.empty();
        }
        long ticks = 0;
        int at = digits;
        if (at < text.length() && (text.charAt(at) == '.' || text.charAt(at) == ',')) {
            int fraction = Math.min(digits(text, at + 1), 7);
            for (int i = 0; i < 7; i++) {
                ticks = ticks * 10 + (i < fraction ? text.charAt(at + 1 + i) - '0' : 0);
            }
            at += 1 + digits(text, at + 1);
        }
        if (at >= text.length() || text.charAt(at) != 'Z') {
            return OptionalLong.empty();
        }
        try {
            LocalDateTime time =
                    LocalDateTime.of(
                            part(text, 0, 4),
                            part(text, 4, 6),
                            part(text, 6, 8),
                            part(text, 8, 10),
                            part(text, 10, 12),
                            digits == 14 ? Math.min(part(text, 12, 14), 59) : 0);
            long seconds = time.toEpochSecond(ZoneOffset.UTC) + EPOCH_SECONDS;
            return seconds < 0
                    ? OptionalLong.empty()
                    : OptionalLong.of(seconds * TICKS_PER_SECOND + ticks);
        } catch (DateTimeException impossible) {
            return OptionalLong.empty();
        }
    }

    public static long of(Instant instant) {
        return (instant.getEpochSecond() + EPOCH_SECONDS) * TICKS_PER_SECOND
                + instant.getNano() / 100;
    }

    public static Instant toInstant(long fileTime) {
        return Instant.ofEpochSecond(
                fileTime / TICKS_PER_SECOND - EPOCH_SECONDS, fileTime % TICKS_PER_SECOND * 100);
    }

    /** A decimal number, or empty if the text is not one. */
    public static OptionalLong number(String text) {
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException notANumber) {
            return OptionalLong.empty();
        }
    }

    /** Whether a time has come. */
    public static boolean isPast(Optional<String> text, Form form, long now) {
        return text.map(form::parse).orElse(OptionalLong.empty()).orElse(Long.MAX_VALUE) <= now;
    }

    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at - from;
    }

    private static int part(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }

    /** One way to write a time. */
    @FunctionalInterface
    public interface Form {
        OptionalLong parse(String text);
    }
}
