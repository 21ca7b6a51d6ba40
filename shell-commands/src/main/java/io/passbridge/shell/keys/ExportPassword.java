/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.keys;

import io.passbridge.credential.Secret;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyRecovery;
import io.passbridge.shell.kit.CommandFailure;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.Refused;
import io.passbridge.shell.kit.Usage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The password of an export: asked for, read from a file, or put together from shares. */
final class ExportPassword {
    private ExportPassword() {}

    /** The options with which it is given. */
    static Usage options(Usage usage) {
        return usage.option(
                        "--password-file",
                        "FILE",
                        "read the export's password from a file that only you may read, or from"
                                + " standard input (-)")
                .option(
                        "--shares",
                        "FILE,FILE",
                        "put the password together from share files, separated by commas");
    }

    static boolean isGiven(Invocation call) {
        return call.has("--password-file") || call.has("--shares");
    }

    /** Nobody is asked for the password of a file that will not be written. */
    static void requireFree(Path file) throws Refused {
        if (Files.exists(file)) {
            throw new Refused(file + " exists; an export never replaces a file, name another one");
        }
        if (!Files.isDirectory(file.toAbsolutePath().getParent())) {
            throw new Refused("there is no folder " + file.toAbsolutePath().getParent());
        }
    }

    static Secret of(Invocation call, KeyRecovery recovery, Path file)
            throws CommandFailure, KeyException {
        // nobody is asked for the password of a file that is no export
        recovery.inspect(file, Optional.empty());
        if (call.has("--shares")) {
            List<Path> shares =
                    Arrays.stream(call.option("--shares").orElseThrow().split(","))
                            .map(call::resolve)
                            .toList();
            return recovery.combine(shares);
        }
        return call.secret("Password of the export: ", "--password-file");
    }
}
