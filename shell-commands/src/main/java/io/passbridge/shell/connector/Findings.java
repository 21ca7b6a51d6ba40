/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.connector;

import io.passbridge.health.Finding;
import io.passbridge.shell.kit.Table;
import java.util.List;

/** How the findings of a test are shown. */
public final class Findings {
    public static final Table<Finding> TABLE =
            Table.of(Finding.class, "The test found nothing to say.")
                    .column("STATE", Finding::severity)
                    .column("ABOUT", Finding::subject)
                    .column("OBSERVED", finding -> inWords(finding.text(), finding.remedy()));

    private Findings() {}

    /** What was observed, with the remedy on a line of its own. */
    static String inWords(String text, String remedy) {
        return remedy.isEmpty() ? text : text + "\n-> " + remedy;
    }

    /** Whether any of them is an error. */
    public static boolean hasError(List<Finding> findings) {
        return findings.stream().anyMatch(f -> f.severity() == Finding.Severity.ERROR);
    }
}
