/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.kit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** {@code grep}: some of the lines that another command prints. */
@Component(service = Command.class)
@GogoCommand(scope = "passbridge", function = "grep")
public final class Grep extends Command {
    @Activate
    public Grep() {
        super(
                Usage.of("grep", "keep the lines of another command that contain a text")
                        .details("Large and small letters are the same.")
                        .argument("TEXT", "what the lines contain")
                        .flag("--not", "keep the other lines")
                        .example("doctor | grep route")
                        .example("help | grep --not keys:"));
    }

    @Override
    protected void run(Invocation call) throws IOException {
        String wanted = call.argument(0).toLowerCase(Locale.ROOT);
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(call.in(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.toLowerCase(Locale.ROOT).contains(wanted) != call.has("--not")) {
                call.line(line);
            }
        }
    }
}
