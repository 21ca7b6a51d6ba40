/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.health.Finding;
import io.passbridge.health.Finding.Severity;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectionTest {
    private static final String WITH =
            "dn: uid=a,dc=x\nobjectClass: person\nuid: a\nentryUUID: 1\n\n";
    private static final String WITHOUT = "dn: uid=b,dc=x\nobjectClass: person\nuid: b\n\n";

    @TempDir private Path folder;

    @Test
    void userWithoutAnchor_isAnErrorOnlyIfThereIsNoOther() throws Exception {
        try (LdifFixture fixture = new LdifFixture(folder)) {
            fixture.write(WITH + WITHOUT);
            assertThat(fixture.connector.test())
                    .noneMatch(finding -> finding.severity() == Severity.ERROR)
                    .filteredOn(finding -> finding.text().contains("1 of 2 users"))
                    .extracting(Finding::severity)
                    .containsExactly(Severity.WARNING);
            fixture.write(WITHOUT);
            assertThat(fixture.connector.test())
                    .anyMatch(finding -> finding.severity() == Severity.ERROR);
        }
    }
}
