/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DistinguishedNameTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UID=Anna, OU=People ,DC=Example | uid=anna,ou=people,dc=example",
                "cn = Anna  Lee , dc=e           | cn=anna lee,dc=e",
                "CN=Anna Lee,DC=e                | cn=anna lee,dc=e",
                "cn=Lee\\, Anna,dc=e             | cn=lee\\, anna,dc=e",
                "cn=Lee\\2C Anna,dc=e            | cn=lee\\, anna,dc=e",
                "SN=Lee+CN=Anna,dc=e             | cn=anna+sn=lee,dc=e",
                "cn=M\\C3\\BCller,dc=e           | cn=m\\c3\\bcller,dc=e",
                "cn=M\u00fcller,dc=e               | cn=m\\c3\\bcller,dc=e",
                "People                          | people",
            })
    void normalized_isTheSameForEveryWayToWriteAName(String dn, String expected) {
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

    /** The short way and the library give the same. */
    @Property
    void normalized_isWhatTheLibrarySays(
            @ForAll
                    @Chars({'a', 'Z', '7', '.', '-', '_', '@', ' ', ',', '=', '+', '\\'})
                    @StringLength(max = 12)
                    String text)
            throws LDAPException {
        String dn = "cn=" + text + ",dc=example";
        if (DN.isValidDN(dn)) {
            assertThat(DistinguishedName.normalized(dn)).isEqualTo(new DN(dn).toNormalizedString());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dc=e              | dc=e | true",
                "cn=anna,dc=e      | dc=e | true",
                "cn=anna,dc=the    | dc=e | false",
                "cn=anna\\,dc=e    | dc=e | false",
                "cn=anna\\\\,dc=e  | dc=e | true",
                "cn=anna           | ''   | true",
            })
    void isWithin_looksAtParts(String dn, String base, boolean within) {
        assertThat(DistinguishedName.isWithin(dn, base)).isEqualTo(within);
    }
}
