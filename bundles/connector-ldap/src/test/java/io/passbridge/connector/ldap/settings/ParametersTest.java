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
        TestConfiguration configuration = configuration(given);
        List<Finding> faults =
                Parameters.ALL.stream()
                        .flatMap(parameter -> parameter.faults(configuration).stream())
                        .toList();
        return faults.isEmpty() ? Parameters.faults(configuration) : faults;
    }

    private static TestConfiguration configuration(Map<String, String> given) {
        Map<String, String> values = new HashMap<>();
        values.put("servers", "ldaps://ldap.example.com");
        values.put("baseDns", "ou=people,dc=example,dc=org");
        values.putAll(given);
        return new TestConfiguration(
                "corp", new LdapConnectorFactory().descriptor(), Path.of("/nowhere"), values);
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
                "keytab | missing.keytab",
                "principal | sync@EXAMPLE.ORG",
                "servers | ldapi://localhost:389",
                "clientCertificate | missing.pem",
                "caFile | missing.pem",
                "baseDns | people",
                "includeDns | staff",
                "includeDns | ou=staff,dc=example,dc=com",
                "excludeDns | staff",
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

    @Test
    void kerberos_goesNeitherWithASocketWithoutAName_norWithReferrals() {
        assertThat(
                        faults(
                                Map.of(
                                        "authentication", "kerberos",
                                        "servers", "ldapi:///run/slapd/ldapi",
                                        "followReferrals", "true")))
                .extracting(Finding::subject)
                .containsExactly("servers", "followReferrals");
    }

    @ParameterizedTest
    @CsvSource({
        "simple, ldaps://ldap.example.com, true",
        "kerberos, ldap://ldap.example.com, true",
        "external, ldapi:///run/slapd/ldapi, false",
        "external, ldapi://%2Frun%2Fslapd%2Fldapi, false",
    })
    void secret_isWanted_unlessTheOperatingSystemSaysWhoItIs(
            String authentication, String server, boolean secret) {
        assertThat(
                        Parameters.signsInWithSecret(
                                configuration(
                                        Map.of(
                                                "authentication", authentication,
                                                "servers", server))))
                .isEqualTo(secret);
    }

    @Test
    void nameInBothLists_isFound() {
        String part = "ou=staff,ou=people,dc=example,dc=org";
        assertThat(faults(Map.of("includeDns", part, "excludeDns", part)))
                .extracting(Finding::subject)
                .containsExactly("excludeDns");
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
