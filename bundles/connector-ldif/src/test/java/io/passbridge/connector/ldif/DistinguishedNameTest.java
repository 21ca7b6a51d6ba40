/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DistinguishedNameTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UID=Anna, OU=People ,DC=Example | uid=anna,ou=people,dc=example",
                "cn = Anna  Lee , dc=e           | cn=anna  lee,dc=e",
                "cn=Lee\\, Anna,dc=e             | cn=lee\\, anna,dc=e",
            })
    void normalized_ignoresCaseAndBlanksAroundSeparators(String dn, String expected) {
        assertThat(DistinguishedName.normalized(dn)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "uid=anna,ou=people,dc=e | uid | anna",
                "cn=Lee\\, Anna,dc=e     | cn  | Lee, Anna",
                "uid=alone               | uid | alone",
            })
    void own_givesAttributeAndValue(String dn, String attribute, String value) {
        assertThat(DistinguishedName.own(dn)).containsExactly(attribute, value);
    }
}
