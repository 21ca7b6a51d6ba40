/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.tck.ParameterTables;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The tables of parameters in the documentation are those of the code. */
class ParameterTablesTest {
    @Test
    void source() throws Exception {
        List<Path> pages = List.of(Path.of("../../docs/connectors/ldap.md"));
        assertThat(ParameterTables.read(pages).faults(new LdapConnectorFactory().descriptor()))
                .isEmpty();
    }

    @Test
    void target_sharesMuchWithTheSource() throws Exception {
        List<Path> pages =
                List.of(
                        Path.of("../../docs/connectors/ldap-target.md"),
                        Path.of("../../docs/connectors/ldap.md"));
        assertThat(ParameterTables.read(pages).faults(new LdapTargetFactory().descriptor()))
                .isEmpty();
    }
}
