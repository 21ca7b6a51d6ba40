/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.kit;

import io.passbridge.credential.Secret;
import java.io.InputStream;
import java.io.PrintStream;

/** Streams with nobody behind them. */
record SilentDialogue(InputStream in, PrintStream out, PrintStream err) implements Dialogue {
    private static final String REMEDY =
            "; run the command in a terminal, or use its option that reads a file";

    @Override
    public boolean canAsk() {
        return false;
    }

    @Override
    public int width() {
        return 0;
    }

    @Override
    public String ask(String prompt) throws Refused {
        throw new Refused("nobody can be asked '" + prompt.strip() + "'" + REMEDY);
    }

    @Override
    public Secret askSecret(String prompt) throws Refused {
        throw new Refused("nobody can be asked '" + prompt.strip() + "'" + REMEDY);
    }
}
