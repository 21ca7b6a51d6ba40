/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.credential.SourceAnchor;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnchorFormTest {
    @ParameterizedTest
    @CsvSource({
        "objectGUID, 33221100554477668899aabbccddeeff, 00112233-4455-6677-8899-aabbccddeeff",
        "OBJECTguid, ffeeddccbbaa9988ffffffffffffffff, ccddeeff-aabb-8899-ffff-ffffffffffff",
        "objectSid, 010500000000000515000000ffffffff0100000050040000,"
                + " S-1-5-21-4294967295-1-1104",
        "objectSid, 0100000000000005, S-1-5",
        "objectSid, 01010000000000802000000012, S-1-128-32",
        "objectSid, 02000000000000ff, 02000000000000ff",
        "objectSid, 01000000000005, 01000000000005",
        "nsUniqueId, 000102, 000102",
        "nsUniqueId, 41ff, 41ff",
        "nsUniqueId, 4a41430a44, 4a41430a44"
    })
    void binaryValue_hasItsTextForm(String attribute, String hex, String anchor) {
        assertThat(AnchorForm.of(attribute, HexFormat.of().parseHex(hex)))
                .contains(new SourceAnchor(anchor));
    }

    @ParameterizedTest
    @CsvSource({
        "objectGUID, 6F9619FF-8B86-D011-B42D-00CF4FC964FF, 6f9619ff-8b86-d011-b42d-00cf4fc964ff",
        "entryUUID, 6F9619FF, 6F9619FF",
        "uid, Jörg, Jörg",
        "uid, '  Ann Lee ', Ann Lee",
        "uid, '!~', '!~'"
    })
    void text_isItself(String attribute, String value, String anchor) {
        assertThat(AnchorForm.of(attribute, bytes(value))).contains(new SourceAnchor(anchor));
    }

    @Test
    void blankOrTooLong_isNone() {
        assertThat(AnchorForm.of("uid", bytes("   "))).isEmpty();
        assertThat(AnchorForm.of("uid", new byte[0])).isEmpty();
        assertThat(AnchorForm.of("uid", bytes("x".repeat(SourceAnchor.MAX_LENGTH)))).isPresent();
        assertThat(AnchorForm.of("uid", bytes("x".repeat(SourceAnchor.MAX_LENGTH + 1)))).isEmpty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
