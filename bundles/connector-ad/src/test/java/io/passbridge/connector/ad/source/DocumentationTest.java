/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.ConnectorDescriptor.Parameter;
import io.passbridge.connector.ad.replication.DirectoryAttribute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
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
                .containsExactlyInAnyOrder(DomainDirectory.ACCOUNT_ATTRIBUTES);
    }

    @Test
    void everyParameter_isInTheTable_withItsDefault() throws IOException {
        for (Parameter parameter : AdSettings.PARAMETERS) {
            List<String> rows =
                    rows("`").stream()
                            .filter(row -> names(row).contains(parameter.name()))
                            .toList();
            assertThat(rows).as(parameter.name()).hasSize(1);
            if (parameter.defaultValue().length() > 1) {
                assertThat(cell(rows.get(0), 2)).contains(parameter.defaultValue());
            }
        }
    }

    private static List<String> names(String row) {
        return code(cell(row, 1)).toList();
    }

    private static String cell(String row, int number) {
        Matcher cells = Pattern.compile("\\|([^|]*)").matcher(row);
        for (int i = 0; i < number; i++) {
            assertThat(cells.find()).as(row).isTrue();
        }
        return cells.group(1);
    }
}
