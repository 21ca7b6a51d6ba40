/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.keys;

import io.passbridge.credential.Secret;
import io.passbridge.event.Actor;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyInfo;
import io.passbridge.keys.KeyTransfer;
import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.CommandFailure;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.Usage;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code keys:importkey}: takes a key from another program. */
@Component(service = Command.class)
@GogoCommand(scope = "keys", function = "importkey")
public final class ImportKey extends Command {
    private final KeyTransfer transfer;

    @Activate
    public ImportKey(@Reference KeyTransfer transfer) {
        super(
                Usage.of("keys:importkey", "add the one AES key of a PKCS#12 file")
                        .details(
                                "The key is pending until keys:promote, or primary at once with"
                                        + " --primary.")
                        .option(
                                "--password-file",
                                "FILE",
                                "read the file's password from a file that only you may read, or"
                                        + " from standard input (-)")
                        .flag("--primary", "seal new values under it at once")
                        .argument("FILE", "the PKCS#12 file, as keytool or keys:exportkey write it")
                        .json()
                        .example("keys:importkey key.p12"));
        this.transfer = transfer;
    }

    @Override
    protected void run(Invocation call) throws CommandFailure, KeyException {
        try (Secret password = call.secret("Password of the file: ", "--password-file")) {
            KeyInfo key =
                    transfer.importKey(
                            Actor.ofThisProcess(),
                            call.resolve(call.argument(0)),
                            password,
                            !call.has("--primary"));
            call.print(
                    key,
                    "Key "
                            + key.id()
                            + " is "
                            + KeyNumbers.state(key)
                            + ", fingerprint "
                            + key.fingerprint()
                            + ". Export the key set again: keys:export FILE.");
        }
    }
}
