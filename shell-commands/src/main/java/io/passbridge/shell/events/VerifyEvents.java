/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.events;

import io.passbridge.event.Actor;
import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.event.Journal;
import io.passbridge.event.Journal.Verification;
import io.passbridge.event.JournalAnchor;
import io.passbridge.event.JournalException;
import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.Refused;
import io.passbridge.shell.kit.Usage;
import java.util.Map;
import java.util.Optional;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code events:verify}: whether the journal is as it was written. */
@Component(service = Command.class)
@GogoCommand(scope = "events", function = "verify")
public final class VerifyEvents extends Command {
    private final Journal journal;
    private final JournalAnchor anchor;

    @Activate
    public VerifyEvents(@Reference Journal journal, @Reference JournalAnchor anchor) {
        super(
                Usage.of("events:verify", "check the journal's hash chain from its first record")
                        .details(
                                "Prints the last hash. Note it somewhere else now and then: a later"
                                    + " journal that still has it at the same record was not"
                                    + " rewritten before it. Each server notes the end by itself in"
                                    + " data/journal-end, and it is compared here, too. Ends with"
                                    + " status 2 if a record does not fit.")
                        .flag(
                                "--accept",
                                "take the present end for the right one, after a backup of the"
                                        + " store was put back")
                        .flag("--yes", "do not ask before --accept")
                        .json()
                        .example("events:verify")
                        .example("events:verify --accept"));
        this.journal = journal;
        this.anchor = anchor;
    }

    @Override
    protected void run(Invocation call) throws JournalException, Refused {
        Verification result = journal.verify();
        call.print(result, result.text());
        if (!result.intact()) {
            throw broken("record " + result.brokenAt(), "it does not fit the chain");
        }
        Optional<String> misfit = anchor.check();
        if (misfit.isPresent() && call.has("--accept")) {
            call.confirm(
                    misfit.get()
                            + ". If no backup was put back, somebody changed the journal, and this"
                            + " hides it.",
                    "accept");
            anchor.accept(Actor.ofThisProcess());
            call.remark("The present end is noted as the right one.");
        } else if (misfit.isPresent()) {
            throw broken("journal", misfit.get());
        }
    }

    private Refused broken(String subject, String reason) throws JournalException {
        journal.record(
                EventType.JOURNAL_BROKEN,
                subject,
                Map.of(Fact.ACTOR, Actor.ofThisProcess(), Fact.REASON, reason));
        return new Refused(
                "%s %s: %s. %s"
                        .formatted(
                                EventType.JOURNAL_BROKEN.text(),
                                subject,
                                reason,
                                EventType.JOURNAL_BROKEN.remedy()));
    }
}
