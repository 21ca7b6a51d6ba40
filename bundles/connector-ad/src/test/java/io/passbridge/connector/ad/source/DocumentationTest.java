/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.ad.replication.DirectoryAttribute;
import io.passbridge.connector.tck.ParameterTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/connectors/active-directory.md promises to ask for is what is asked for. */
class DocumentationTest {
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private static List<String> rows(String firstCell) throws IOException {
        Path page = Path.of("docs/connectors/active-directory.md");
        Path at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve(page))) {
            at = at.getParent();
        }
        return Files.readAllLines(at.resolve(page)).stream()
                .filter(line -> line.startsWith("| " + firstCell))
                .toList();
    }

    private static Stream<String> code(String text) {
        return CODE.matcher(text).results().map(found -> found.group(1));
    }

    @Test
    void attributesOverReplication_areThoseOfTheDocumentation() throws IOException {
        assertThat(code(rows("replication |").get(0)))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(DirectoryAttribute.values())
                                .map(DirectoryAttribute::ldapName)
                                .toList());
    }

    @Test
    void attributesOfUsersOverLdap_areThoseOfTheDocumentation() throws IOException {
        assertThat(code(rows("LDAP, for users").get(0)))
                .containsExactlyInAnyOrder(AccountReading.ATTRIBUTES);
    }

    @Test
    void everyParameter_isInTheTable_withItsDefaultAndItsValues() throws IOException {
        assertThat(
                        ParameterTables.read(
                                        List.of(
                                                Path.of(
                                                        "../../docs/connectors/active-directory.md")))
                                .faults(new AdConnectorFactory().descriptor()))
                .isEmpty();
    }
}
