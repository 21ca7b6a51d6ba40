/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.connid;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.ConnectorDescriptor;
import io.passbridge.connector.tck.ParameterTables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentationTest {
    @Test
    void page_hasEveryParameterOfTheBridge() throws IOException {
        ConnectorDescriptor own =
                new ConnectorDescriptor("connid", "ConnId", "connid", Settings.PARAMETERS, false);
        assertThat(
                        ParameterTables.read(List.of(Path.of("../../docs/connectors/connid.md")))
                                .faults(own))
                .isEmpty();
    }
}
