/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.keys;

import io.passbridge.credential.Secret;
import io.passbridge.event.Actor;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeySetView;
import io.passbridge.keys.KeyStatus;
import io.passbridge.keys.KeyTransfer;
import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.CommandFailure;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.Usage;
import java.nio.file.Path;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code keys:exportkey}: hands one key to another program. */
@Component(service = Command.class)
@GogoCommand(scope = "keys", function = "exportkey")
public final class ExportKey extends Command {
    private final KeyTransfer transfer;

    record Report(int key, Path file) {}

    @Activate
    public ExportKey(@Reference KeyTransfer transfer, @Reference KeySetView view) {
        super(
                Usage.of("keys:exportkey", "write one key to a PKCS#12 file that keytool reads")
                        .details(
                                "To hand a key to another program. It is no backup: states and the"
                                        + " other keys are not in it. That is keys:export.")
                        .option(
                                "--password-file",
                                "FILE",
                                "read the file's password from a file that only you may read, or"
                                        + " from standard input (-)")
                        .argument(
                                "KEY",
                                "its number",
                                () ->
                                        KeyNumbers.of(
                                                view,
                                                KeyStatus.PRIMARY,
                                                KeyStatus.PENDING,
                                                KeyStatus.DECRYPT_ONLY))
                        .argument("FILE", "a new file")
                        .json()
                        .example("keys:exportkey 2 key.p12"));
        this.transfer = transfer;
    }

    @Override
    protected void run(Invocation call) throws CommandFailure, KeyException {
        int key = KeyNumbers.parse(call.argument(0));
        Path file = call.resolve(call.argument(1));
        ExportPassword.requireFree(file);
        try (Secret password = call.newSecret("Password for the file: ", "--password-file")) {
            transfer.exportKey(Actor.ofThisProcess(), key, file, password);
        }
        call.print(
                new Report(key, file),
                "Key " + key + " is in " + file + " as an AES key; who has it reads its values.");
    }
}
