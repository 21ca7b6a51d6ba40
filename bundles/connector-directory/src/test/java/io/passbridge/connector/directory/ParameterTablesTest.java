/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.tck.ParameterTables;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The tables of parameters in the documentation are those of the code. */
class ParameterTablesTest {
    @Test
    void directory_onPostgresql() throws Exception {
        List<Path> pages = List.of(Path.of("../../docs/connectors/directory.md"));
        assertThat(ParameterTables.read(pages).faults(new PostgresDirectoryFactory().descriptor()))
                .isEmpty();
    }
}
