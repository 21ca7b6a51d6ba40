/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

class EmbeddedDirectoryTest extends DirectoryContract {
    @Override
    Lab reopened() throws Exception {
        return new Lab(folder);
    }

    @Test
    void database_isReadableByItsOwnerOnly() throws Exception {
        lab.provision("1", "jane");
        assertThat(Files.getPosixFilePermissions(folder.resolve("directory.mv.db")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
}
