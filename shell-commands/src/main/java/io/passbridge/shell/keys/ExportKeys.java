/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.keys;

import io.passbridge.credential.Secret;
import io.passbridge.event.Actor;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyRecovery;
import io.passbridge.keys.KeyRecovery.SharedExport;
import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.CommandFailure;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.Misuse;
import io.passbridge.shell.kit.Usage;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code keys:export}: writes the key set to a file that is kept away from the server. */
@Component(service = Command.class)
@GogoCommand(scope = "keys", function = "export")
public final class ExportKeys extends Command {
    private static final Pattern SHARES = Pattern.compile("([0-9]{1,2})/([0-9]{1,2})");

    private final KeyRecovery recovery;

    @Activate
    public ExportKeys(@Reference KeyRecovery recovery) {
        super(
                Usage.of("keys:export", "write the key set to a sealed file to keep elsewhere")
                        .details(
                                "The file is new, only you may read it, and it is opened again"
                                        + " before success is reported. With --shares 3/5 it is"
                                        + " sealed under a password that nobody knows: five share"
                                        + " files are written beside it, and any three of them open"
                                        + " it. Give each to another person and delete them here.")
                        .option(
                                "--password-file",
                                "FILE",
                                "read the export's password from a file that only you may read, or"
                                        + " from standard input (-)")
                        .option("--shares", "NEEDED/ALL", "split the password into shares")
                        .option(
                                "--user",
                                "NAME",
                                "for scripts of other tools: named in the journal, nothing else")
                        .flag("--quiet", "print nothing if it succeeds")
                        .argument("FILE", "a new file")
                        .json()
                        .example("keys:export /media/safe/passbridge-keys.pbks")
                        .example("keys:export keys.pbks --shares 3/5"));
        this.recovery = recovery;
    }

    @Override
    protected void run(Invocation call) throws CommandFailure, KeyException {
        Path file = call.resolve(call.argument(0));
        String actor =
                call.option("--user")
                        .map(user -> Actor.ofThisProcess() + " as " + user)
                        .orElse(Actor.ofThisProcess());
        if (call.has("--shares")) {
            shared(call, actor, file);
            return;
        }
        ExportPassword.requireFree(file);
        try (Secret password = call.newSecret("Password for the export: ", "--password-file")) {
            KeyRecovery.Export export = recovery.export(actor, file, password);
            if (!call.has("--quiet")) {
                ExportSheet.print(call, export);
                call.remark(
                        "Keep the file and its password away from this server, and apart. Rehearse"
                                + " a restore with keys:drill.");
            }
        }
    }

    private void shared(Invocation call, String actor, Path file)
            throws CommandFailure, KeyException {
        Matcher matcher = SHARES.matcher(call.option("--shares").orElseThrow());
        if (!matcher.matches()) {
            throw new Misuse("--shares is NEEDED/ALL, such as 3/5");
        }
        SharedExport shared =
                recovery.exportShared(
                        actor,
                        file,
                        Integer.parseInt(matcher.group(1)),
                        Integer.parseInt(matcher.group(2)));
        if (!call.has("--quiet")) {
            ExportSheet.print(call, shared.export());
            shared.shares().forEach(share -> call.remark("share " + share));
            call.remark(
                    "Any "
                            + shared.needed()
                            + " of these shares open the export. Give each to another person and"
                            + " delete it here.");
        }
    }
}
