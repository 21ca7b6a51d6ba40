/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.keys;

import io.passbridge.keys.KeyRecovery.Export;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.Sheet;

/** How an export is shown. */
final class ExportSheet {
    private static final Sheet<Export> SHEET =
            Sheet.of(Export.class)
                    .line("file", Export::file)
                    .line("key set", Export::keySetId)
                    .line("generation", Export::generation)
                    .line("exported", Export::exported)
                    .line("keys", ExportSheet::keys)
                    .line("fingerprint", Export::fingerprint)
                    .line(
                            "checked",
                            export ->
                                    export.checked()
                                            ? "opened with its password"
                                            : "not opened: this is what it says, give"
                                                    + " --password-file or --shares to check it");

    private ExportSheet() {}

    static void print(Invocation call, Export export) {
        call.print(export, SHEET);
    }

    private static String keys(Export export) {
        StringBuilder text = new StringBuilder();
        export.keys()
                .forEach(
                        key ->
                                text.append(text.isEmpty() ? "" : ", ")
                                        .append(key.id())
                                        .append(" (")
                                        .append(KeyNumbers.state(key))
                                        .append(")"));
        return text.toString();
    }
}
