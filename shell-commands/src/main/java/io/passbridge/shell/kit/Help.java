/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.kit;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** {@code help}: every command in one line, or everything about one. */
@Component(service = Command.class)
@GogoCommand(scope = "passbridge", function = "help")
public final class Help extends Command {
    private static final Table<Entry> TABLE =
            Table.of(Entry.class, "No commands; run: doctor")
                    .column("COMMAND", Entry::command)
                    .column("WHAT IT DOES", Entry::summary);

    private final List<Command> commands;

    /** A command in the list. */
    record Entry(String command, String summary) {}

    @Activate
    public Help() {
        this(new CopyOnWriteArrayList<>());
    }

    private Help(List<Command> commands) {
        super(
                Usage.of("help", "list the commands, or explain one")
                        .optional(
                                "COMMAND",
                                "the command to explain, or a scope such as keys",
                                () -> commands.stream().map(c -> c.usage().name()).toList())
                        .json()
                        .example("help keys:list"));
        this.commands = commands;
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            target = "(!(|(osgi.command.function=help)(osgi.command.function=complete)))")
    void bindCommand(Command command) {
        commands.add(command);
    }

    void unbindCommand(Command command) {
        commands.remove(command);
    }

    @Override
    protected void run(Invocation call) throws Refused {
        String wanted = call.optional(0).orElse("");
        Optional<Command> one =
                Stream.concat(commands.stream(), Stream.of(this))
                        .filter(c -> c.usage().name().equals(wanted))
                        .findFirst();
        if (one.isPresent()) {
            call.print(one.get().usage().name(), one.get().usage().help(call.width()));
            return;
        }
        List<Entry> entries =
                Stream.concat(commands.stream(), Stream.of(this))
                        .map(Command::usage)
                        .filter(u -> wanted.isEmpty() || u.name().startsWith(wanted + ":"))
                        .map(u -> new Entry(u.name(), u.summary()))
                        .sorted(Comparator.comparing(Entry::command))
                        .toList();
        if (entries.isEmpty()) {
            throw new Refused(UnknownCommand.text(wanted));
        }
        call.print(entries, TABLE);
        call.remark("Explain one: help COMMAND. All the commands of the framework: felix:help.");
    }
}
