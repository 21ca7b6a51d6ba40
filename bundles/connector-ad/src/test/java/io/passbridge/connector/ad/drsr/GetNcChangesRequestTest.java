/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.drsr;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.ad.ndr.NdrReader;
import io.passbridge.connector.ad.replication.DirectoryAttribute;
import io.passbridge.connector.ad.replication.ReplicationCursor;
import io.passbridge.connector.ad.replication.UpToDatenessVector;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GetNcChangesRequestTest {
    private static final UUID SOURCE = UUID.fromString("0f2dafd2-4325-49f7-92f5-461ee4d5d7f9");
    private static final String NC = "DC=corp,DC=example";

    @ParameterizedTest(name = "version {0}")
    @ValueSource(ints = {GetNcChangesRequest.V8, GetNcChangesRequest.V10})
    void write_allFields_standWhereTheSpecificationPutsThem(int version) throws Exception {
        ReplicationCursor cursor =
                new ReplicationCursor(
                        SOURCE, 11, 12, 13, new UpToDatenessVector(Map.of(SOURCE, 14L)), true);
        byte[] stub =
                new GetNcChangesRequest(
                                BindMessage.CLIENT,
                                DsName.ofName(NC),
                                cursor,
                                GetNcChangesRequest.Extended.REPLICATE_OBJECT,
                                77,
                                EnumSet.of(
                                        DirectoryAttribute.UNICODE_PWD,
                                        DirectoryAttribute.IS_DELETED),
                                Set.of(),
                                new byte[0])
                        .write(new byte[20], version)
                        .toBytes();
        NdrReader in = new NdrReader(stub);
        in.skip(20);

        assertThat(Drs.version(in, GetNcChangesRequest.V8, GetNcChangesRequest.V10))
                .isEqualTo(version);
        in.align(8);
        assertThat(in.uuid()).isEqualTo(BindMessage.CLIENT);
        assertThat(in.uuid()).isEqualTo(SOURCE);
        assertThat(in.pointer()).isTrue();
        assertThat(new long[] {in.i64(), in.i64(), in.i64()}).containsExactly(11, 12, 13);
        assertThat(in.pointer()).isTrue();
        assertThat(in.i32()).as("INIT_SYNC and WRIT_REP").isEqualTo(0x30);
        assertThat(in.i32()).isEqualTo(77);
        assertThat(in.i32()).isPositive();
        assertThat(in.i32()).as("EXOP_REPL_OBJ").isEqualTo(6);
        assertThat(in.i64()).isZero();
        assertThat(in.pointer()).as("partial attribute set").isTrue();
        assertThat(in.pointer()).isFalse();
        PrefixTable.Head prefixes = PrefixTable.Head.read(in);
        if (version == GetNcChangesRequest.V10) {
            assertThat(in.i32()).as("ulMoreFlags").isZero();
        }
        assertThat(DsName.read(in).name()).isEqualTo(NC);
        assertThat(in.i32()).as("one cursor").isEqualTo(1);
        in.align(8);
        assertThat(new int[] {in.i32(), in.i32(), in.i32(), in.i32()}).containsExactly(1, 0, 1, 0);
        in.align(8);
        assertThat(in.uuid()).isEqualTo(SOURCE);
        assertThat(in.i64()).isEqualTo(14);
        assertThat(new int[] {in.i32(), in.i32(), in.i32(), in.i32()}).containsExactly(2, 1, 0, 2);
        int[] numbers = {in.i32(), in.i32()};
        PrefixTable table = PrefixTable.readEntries(in, prefixes);
        assertThat(numbers)
                .containsExactlyInAnyOrder(
                        table.attribute(DirectoryAttribute.UNICODE_PWD),
                        table.attribute(DirectoryAttribute.IS_DELETED))
                .isSorted();
        assertThat(table.schemaInfo()).hasSize(21);
        assertThat(in.remaining()).isZero();
    }
}
