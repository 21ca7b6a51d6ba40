/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.drsr;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.passbridge.connector.ad.Decoding;
import io.passbridge.connector.ad.FixedPolicy;
import io.passbridge.connector.ad.legacy.LegacyPrimitives;
import io.passbridge.connector.ad.ndr.NdrReader;
import io.passbridge.connector.ad.replication.ReplicaObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

class GetNcChangesFuzzTest {
    @FuzzTest(maxDuration = "24h")
    void reply(byte[] data) {
        fuzzerTestOneInput(data);
    }

    public static void fuzzerTestOneInput(byte[] data) {
        Decoding.check(data, GetNcChangesFuzzTest::decode);
    }

    private static void decode(byte[] stub) throws IOException {
        LegacyPrimitives legacy = new LegacyPrimitives(FixedPolicy.permitting());
        try (SecretDecryptor decryptor = new SecretDecryptor(legacy, List.of(new byte[16]))) {
            NdrReader in = new NdrReader(stub);
            in.lastInt();
            ReplyHead head = ReplyHead.read(in);
            List<ReplicaObject> objects =
                    new ArrayList<>(ReplyObjects.read(in, head, Optional.of(decryptor)));
            objects.forEach(ReplicaObject::deleted);
            objects.forEach(ReplicaObject::close);
        }
    }
}
