/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.health;

import java.util.Locale;

/**
 * One observation about the health or configuration of something, written for the operator who must
 * act.
 *
 * @param severity how bad it is
 * @param subject the thing, as its operator names it: {@code connector corp}, {@code route
 *     corp_cloud}
 * @param text what was observed, with the value and the limit where there are any
 * @param remedy what to do; empty only for {@link Severity#OK}
 */
public record Finding(Severity severity, String subject, String text, String remedy) {
    /** How bad a finding is. */
    public enum Severity {
        /** As it should be. */
        OK,
        /** Worth knowing; nothing needs to be done. */
        NOTE,
        /** Works, but not as it should or not for long. */
        WARNING,
        /** Does not work until somebody acts. */
        ERROR
    }

    /**
     * A number with the thing that is counted: {@code 1 record}, {@code 2,000 records}.
     *
     * @param one the words for one
     * @param more the words for any other number
     */
    public static String count(long number, String one, String more) {
        return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? one : more);
    }

    public static Finding ok(String subject, String text) {
        return new Finding(Severity.OK, subject, text, "");
    }

    public static Finding note(String subject, String text, String remedy) {
        return new Finding(Severity.NOTE, subject, text, remedy);
    }

    public static Finding warning(String subject, String text, String remedy) {
        return new Finding(Severity.WARNING, subject, text, remedy);
    }

    public static Finding error(String subject, String text, String remedy) {
        return new Finding(Severity.ERROR, subject, text, remedy);
    }
}
