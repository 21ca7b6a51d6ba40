/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.drsr;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.ad.ndr.NdrReader;
import io.passbridge.connector.ad.ndr.NdrWriter;
import io.passbridge.connector.ad.replication.DirectoryAttribute;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixTableTest {
    /** Index 9 for 1.2.840.113556.1.4, as every controller's own table has it. */
    private static PrefixTable received() throws Exception {
        NdrWriter out =
                new NdrWriter().i32(3).i32(9).i32(8).pointer(true).i32(10).i32(8).pointer(true);
        out.i32(0).i32(21).pointer(true);
        out.i32(8)
                .bytes(Oid.encode("1.2.840.113556.1.4"))
                .i32(8)
                .bytes(Oid.encode("1.2.840.113556.1.5"));
        byte[] schemaInfo = new byte[21];
        schemaInfo[0] = (byte) 0xff;
        out.i32(21).bytes(schemaInfo);
        return PrefixTable.readEntries(new NdrReader(out.toBytes()), new PrefixTable.Head(3, true));
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "UNICODE_PWD,0x9005a",
        "PWD_LAST_SET,0x90060",
        "USER_ACCOUNT_CONTROL,0x90008",
        "ACCOUNT_EXPIRES,0x9009f",
        "OBJECT_SID,0x90092",
        "SAM_ACCOUNT_NAME,0x900dd",
        "USER_PRINCIPAL_NAME,0x90290",
    })
    void attribute_underTheUsualPrefixes_isTheWellKnownNumber(
            DirectoryAttribute attribute, String number) throws Exception {
        assertThat(received().attribute(attribute)).isEqualTo(Integer.decode(number));
    }

    @Test
    void attribute_withoutItsPrefix_isNotGuessed() throws Exception {
        assertThat(received().attribute(DirectoryAttribute.IS_DELETED)).isEqualTo(-1);
        assertThat(received().attributes()).doesNotContainValue(DirectoryAttribute.OBJECT_CLASS);
    }

    @ParameterizedTest
    @CsvSource({
        "0xa0009,1.2.840.113556.1.5.9", // user
        "0x90290,1.2.840.113556.1.4.656",
        "0x98001,1.2.840.113556.1.4.1",
        "0x90080,1.2.840.113556.1.4.128",
        "0xb0001,''"
    })
    void oid_numbersOfTheTable_areTranslated(String number, String oid) throws Exception {
        assertThat(received().oid(Integer.decode(number))).isEqualTo(oid == null ? "" : oid);
    }

    @Test
    void schemaInfo_isKeptApartFromThePrefixes() throws Exception {
        assertThat(received().schemaInfo()).hasSize(21).startsWith(0xff);
        assertThat(PrefixTable.of(EnumSet.of(DirectoryAttribute.NAME), new byte[0]).schemaInfo())
                .hasSize(21);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2.5.4.0",
                "1.2.840.113556.1.4.656",
                "2.16.840.1.113730.3.1.216",
                "0.9.2342.19200300.100.1.1"
            })
    void oid_encodedAndDecoded_isTheSame(String dotted) {
        assertThat(Oid.decode(Oid.encode(dotted))).isEqualTo(dotted);
        assertThat(List.of(Oid.encode("2.5.4.0"))).containsExactly(new byte[] {0x55, 4, 0});
    }
}
