/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc.opening;

import io.passbridge.itests.lab.PostgresLab;
import io.passbridge.jdbc.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The lab's database password in a file, as an operator would write it. */
public final class LabRole {
    private LabRole() {}

    public static StoreRole in(Path folder) throws IOException {
        Path file = folder.resolve("database-password");
        if (Files.notExists(file)) {
            OwnerOnly.file(file);
            Files.writeString(file, PostgresLab.PASSWORD + "\n");
        }
        return StoreRole.of("passbridge", file.toString(), "", "");
    }
}
