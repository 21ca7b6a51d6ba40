/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectoryFormsTest {
    @Test
    void objectGuid_isReadWithItsMixedByteOrder() {
        UUID guid = UUID.fromString("e3514235-4b06-11d1-ab04-00c04fc2dcd2");
        byte[] wire = DomainDirectory.bytesOf(guid);
        assertThat(wire).startsWith(0x35, 0x42, 0x51, 0xe3, 0x06, 0x4b, 0xd1, 0x11, 0xab, 0x04);
        SearchResultEntry entry =
                new SearchResultEntry("CN=a", new Attribute[] {new Attribute("objectGUID", wire)});
        assertThat(DomainDirectory.guidOf(entry)).isEqualTo(guid);
    }

    @Test
    void fileTime_beginsIn1601() {
        assertThat(FileTime.of(Instant.EPOCH)).isEqualTo(116_444_736_000_000_000L);
        Instant instant = Instant.parse("2026-11-21T12:34:56.123456700Z");
        assertThat(FileTime.toInstant(FileTime.of(instant))).isEqualTo(instant);
        assertThat(FileTime.ofSeconds(1)).isEqualTo(10_000_000L);
    }

    @ParameterizedTest
    @CsvSource({
        "52e, the name or the secret is wrong",
        "533, the account is disabled",
        "773, the account's password must be changed first",
        "775, the account is locked out"
    })
    void refusedBind_isExplained(String code, String reason) {
        LDAPException refused =
                new LDAPException(
                        ResultCode.INVALID_CREDENTIALS,
                        "80090308: LdapErr: DSID-0C0903A9, comment: AcceptSecurityContext error,"
                                + " data "
                                + code
                                + ", v1db1");
        assertThat(LdapFailure.reason(refused)).isEqualTo(": " + reason);
    }
}
