/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.events;

import io.passbridge.event.EventType;
import io.passbridge.event.Journal;
import io.passbridge.event.Journal.Verification;
import io.passbridge.event.JournalException;
import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.Refused;
import io.passbridge.shell.kit.Usage;
import java.util.Map;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code events:verify}: whether the journal is as it was written. */
@Component(service = Command.class)
@GogoCommand(scope = "events", function = "verify")
public final class VerifyEvents extends Command {
    private final Journal journal;

    @Activate
    public VerifyEvents(@Reference Journal journal) {
        super(
                Usage.of("events:verify", "check the journal's hash chain from its first record")
                        .details(
                                "Prints the last hash. Note it somewhere else now and then: a later"
                                    + " journal that still has it at the same record was not"
                                    + " rewritten before it. Ends with status 2 if a record does"
                                    + " not fit.")
                        .json()
                        .example("events:verify"));
        this.journal = journal;
    }

    @Override
    protected void run(Invocation call) throws JournalException, Refused {
        Verification result = journal.verify();
        call.print(result, result.text());
        if (!result.intact()) {
            journal.record(
                    EventType.JOURNAL_BROKEN,
                    "record " + result.brokenAt(),
                    Map.of(Journal.ACTOR, System.getProperty("user.name", "operator")));
            throw new Refused(
                    EventType.JOURNAL_BROKEN.text() + " " + EventType.JOURNAL_BROKEN.remedy());
        }
    }
}
