/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.completion;

import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.Usage;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** {@code complete}: what may be typed next, for the shells that ask for it at each Tab. */
@Component(service = Command.class)
@GogoCommand(scope = "passbridge", function = "complete")
public final class CompleteLine extends Command {
    private final List<Command> commands = new CopyOnWriteArrayList<>();

    @Activate
    public CompleteLine() {
        super(
                Usage.of("complete", "list the words that may be typed next")
                        .details(
                                "Give the words of a line after --, the last one as far as it is"
                                        + " typed. Each line of the output is a word, a tab, and"
                                        + " what the word means.")
                        .any("WORD", "the words so far", List::of)
                        .example("complete -- sync:run ''")
                        .example("complete -- keys:"));
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            target = "(!(osgi.command.function=complete))")
    void bindCommand(Command command) {
        commands.add(command);
    }

    void unbindCommand(Command command) {
        commands.remove(command);
    }

    @Override
    protected void run(Invocation call) {
        List<String> words = call.arguments().isEmpty() ? List.of("") : call.arguments();
        for (Offers.Offer offer : new Offers(commands).at(words)) {
            call.line(offer.word() + "\t" + offer.description());
        }
    }
}
