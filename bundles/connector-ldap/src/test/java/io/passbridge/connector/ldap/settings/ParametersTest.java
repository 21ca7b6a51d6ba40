/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.ldap.LdapConnectorFactory;
import io.passbridge.connector.tck.TestConfiguration;
import io.passbridge.health.Finding;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParametersTest {
    private static List<Finding> faults(Map<String, String> given) {
        Map<String, String> values = new HashMap<>();
        values.put("servers", "ldaps://ldap.example.com");
        values.put("baseDns", "ou=people,dc=example,dc=org");
        values.putAll(given);
        return Parameters.faults(
                new TestConfiguration(
                        "corp",
                        new LdapConnectorFactory().descriptor(),
                        Path.of("/nowhere"),
                        values));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "servers | http://ldap.example.com",
                "servers | ldap://ldap.example.com/dc=example",
                "servers | ldap.example.com",
                "startTls | sometimes",
                "authentication | digest",
                "authentication | external",
                "clientCertificate | missing.pem",
                "caFile | missing.pem",
                "baseDns | people",
                "groups | staff",
                "filter | (uid=anna",
                "objectClasses | (person)",
                "anchorAttribute | uid",
                "loginAttribute | user name",
                "strategy | guess",
                "pollSeconds | 0",
                "pageSize | 0",
            })
    void whatCannotWork_isFound(String parameter, String value) {
        assertThat(faults(Map.of(parameter, value)))
                .isNotEmpty()
                .allMatch(fault -> !fault.remedy().isEmpty());
    }

    @Test
    void goodConfiguration_hasNoFault() {
        assertThat(
                        faults(
                                Map.of(
                                        "servers",
                                        "ldaps://one.example.com, ldap://two.example.com:1389",
                                        "filter",
                                        "(employeeType=staff)",
                                        "strategy",
                                        "content-sync")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ldap://127.0.0.1:389, auto, false",
        "ldap://localhost, auto, false",
        "ldap://[::1], auto, false",
        "ldap://ldap.example.com, auto, true",
        "ldap://10.1.2.3, auto, true",
        "ldap://127.0.0.1, always, true",
        "ldap://ldap.example.com, never, false",
        "ldaps://ldap.example.com, never, true",
    })
    void connections_areSealed_unlessTheyStayOnThisMachineOrMayNotBe(
            String server, String startTls, boolean sealed) {
        Map<String, String> values =
                Map.of("servers", server, "baseDns", "dc=example", "startTls", startTls);
        LdapSettings settings =
                LdapSettings.of(
                        new TestConfiguration(
                                "corp",
                                new LdapConnectorFactory().descriptor(),
                                Path.of("/nowhere"),
                                values));
        assertThat(settings.reach().seals(settings.reach().servers().get(0))).isEqualTo(sealed);
    }
}
