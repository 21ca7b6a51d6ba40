/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc.journal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How long what happened is kept, {@code etc/io.passbridge.retention.cfg}. */
@ObjectClassDefinition(
        name = "Retention",
        description = "How long the event journal and the history of runs are kept.")
@interface RetentionSettings {
    String PID = "io.passbridge.retention";

    @AttributeDefinition(
            name = "Journal, days",
            description =
                    "Records of the journal that are older are removed, behind a record that says"
                            + " so; 0 keeps all. 0 if not set.",
            min = "0",
            max = "36500",
            required = false)
    int journalDays() default 0;

    @AttributeDefinition(
            name = "Journal, records",
            description =
                    "At most so many records of the journal are kept, 1,000 or more; 0 for any"
                            + " number. 0 if not set.",
            min = "0",
            required = false)
    int journalRecords() default 0;

    @AttributeDefinition(
            name = "Runs, days",
            description = "Runs that ended before are forgotten, 1 to 36500. 7 if not set.",
            min = "1",
            max = "36500",
            required = false)
    int runDays() default 7;
}
