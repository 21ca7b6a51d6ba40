/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.completion;

import io.passbridge.shell.kit.Command;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.jline.reader.impl.LineReaderImpl;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Puts the completer into a shell; the profile of the shell calls it when the shell starts. */
@Component(service = Completions.class)
@GogoCommand(scope = "passbridge", function = "completions")
public final class Completions {
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private final List<Command> commands = new CopyOnWriteArrayList<>();

    @Activate
    public Completions() {}

    /** Completes in this session from now on; does nothing where nobody types. */
    public void completions(CommandSession session) {
        if (session.get(".reader") instanceof LineReaderImpl reader) {
            reader.setCompleter(new CommandCompleter(commands, reader.getCompleter()));
        }
    }
}
