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
                    .column("SEVERITY", Finding::severity)
                    .column("SUBJECT", Finding::subject)
                    .column("FINDING", Finding::text)
                    .column("REMEDY", Finding::remedy);

    private Findings() {}

    /** Whether any of them is an error. */
    public static boolean hasError(List<Finding> findings) {
        return findings.stream().anyMatch(f -> f.severity() == Finding.Severity.ERROR);
    }
}
