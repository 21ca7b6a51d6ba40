/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.notifications;

import io.passbridge.health.Finding;
import io.passbridge.health.Finding.Severity;

/**
 * What is wrong, as a person is told.
 *
 * @param severity and the rest as in {@link Finding}, on one line each
 */
record Problem(Severity severity, String subject, String text, String remedy) {
    Problem {
        subject = line(subject);
        text = line(text);
        remedy = line(remedy);
    }

    static Problem of(Finding finding) {
        return new Problem(finding.severity(), finding.subject(), finding.text(), finding.remedy());
    }

    private static String line(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ").strip();
    }

    /** Equal for the same problem later on, though numbers and times in its words are others. */
    String key() {
        return severity + "\t" + subject + "\t" + text.replaceAll("[0-9]+", "#");
    }
}
