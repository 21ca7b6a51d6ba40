/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.kit;

import java.util.List;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * What Gogo runs for a word that is no command, in place of the exception that it would show
 * otherwise.
 */
@Component(service = UnknownCommand.class)
@GogoCommand(scope = "passbridge", function = "default")
public final class UnknownCommand implements Function {
    @Activate
    public UnknownCommand() {}

    @Override
    public Object execute(CommandSession session, List<Object> words) throws Misuse {
        throw new Misuse(text(words.isEmpty() ? "" : String.valueOf(words.get(0))));
    }

    /** That there is no such command, and where to look. */
    public static String text(String command) {
        return "there is no command '"
                + Text.visible(command)
                + "'; help lists the commands, doctor tells why one may be missing";
    }
}
