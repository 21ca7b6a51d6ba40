/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.drsr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.connector.ad.ndr.NdrException;
import io.passbridge.credential.KerberosKeys;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.security.auth.kerberos.KerberosKey;
import javax.security.auth.kerberos.KerberosPrincipal;
import org.junit.jupiter.api.Test;

/** Against what a Samba 4.17 controller stored for alice with the password Passw0rd-Alice. */
class StoredKeysTest {
    /** Of the property's hexadecimal text, which follows its name. */
    private static final int VALUE = 12 + 96 + 4 + 6 + 54;

    private static final int ITERATIONS = 8;
    private static final int HEAD = 24;

    private static byte[] stored() throws IOException {
        try (InputStream in =
                StoredKeysTest.class.getResourceAsStream("/vectors/supplemental-credentials.txt")) {
            return Base64.getMimeDecoder().decode(in.readAllBytes());
        }
    }

    private static byte[] expected(String algorithm) {
        return new KerberosKey(
                        new KerberosPrincipal("alice@CORP.EXAMPLE"),
                        "Passw0rd-Alice".toCharArray(),
                        algorithm)
                .getEncoded();
    }

    /** With other digits at a place of the value. */
    private static byte[] with(int at, String digits) throws IOException {
        byte[] changed = stored();
        byte[] bytes = digits.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, changed, VALUE + 2 * at, bytes.length);
        return changed;
    }

    private static void assertRefused(byte[] value) {
        assertThatThrownBy(() -> StoredKeys.read(value)).isInstanceOf(NdrException.class);
    }

    @Test
    void read_whatADomainStored_givesTheKeysThatThePasswordMakes() throws IOException {
        try (KerberosKeys keys = StoredKeys.read(stored()).orElseThrow()) {
            assertThat(keys.salt()).isEqualTo("CORP.EXAMPLEalice");
            assertThat(keys.aes256().toBytes()).isEqualTo(expected("aes256-cts-hmac-sha1-96"));
            assertThat(keys.aes128().orElseThrow().toBytes())
                    .isEqualTo(expected("aes128-cts-hmac-sha1-96"));
            assertThat(keys.toString()).isEqualTo("KerberosKeys[redacted]");
        }
    }

    @Test
    void read_withoutTheProperty_givesNothing() throws IOException {
        byte[] renamed = stored();
        renamed[VALUE - 2] = 'z';

        assertThat(StoredKeys.read(renamed)).isEqualTo(Optional.empty());
    }

    /** As Samba stores for users who need a smart card. */
    @Test
    void read_nothingButAHead_givesNothing() throws IOException {
        assertThat(StoredKeys.read(new byte[13])).isEqualTo(Optional.empty());
    }

    @Test
    void read_cutAnywhere_isRefused() throws IOException {
        byte[] whole = stored();
        for (int length = 0; length < whole.length - 1; length++) {
            assertRefused(Arrays.copyOf(whole, length));
        }
        assertRefused(Arrays.copyOf(whole, whole.length + 1));
    }

    @Test
    void read_impossibleNumbers_isRefused() throws IOException {
        assertRefused(with(0, "03")); // revision
        assertRefused(with(4, "FFFF")); // credentials
        assertRefused(with(12, "2100")); // salt of 33 bytes
        assertRefused(with(16, "00000000")); // salt within the head
        assertRefused(with(HEAD + ITERATIONS, "01000000"));
        assertRefused(with(HEAD + 16, "1F000000")); // key of 31 bytes
        assertRefused(with(HEAD + 20, "FFFFFF7F")); // key behind the end
        assertRefused(with(HEAD + 24 + 12, "12000000")); // AES-256 twice
        assertRefused(with(HEAD, "XX"));
    }
}
