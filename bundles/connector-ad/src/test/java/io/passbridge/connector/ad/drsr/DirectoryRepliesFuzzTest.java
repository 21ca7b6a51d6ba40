/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.drsr;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.passbridge.connector.ad.Decoding;
import io.passbridge.connector.ad.ndr.NdrReader;
import java.util.Arrays;

class DirectoryRepliesFuzzTest {
    @FuzzTest(maxDuration = "24h")
    void reply(byte[] data) {
        fuzzerTestOneInput(data);
    }

    /** The first octet chooses the kind of reply. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) {
            return;
        }
        byte[] stub = Arrays.copyOfRange(data, 1, data.length);
        switch (data[0] % 3) {
            case 0 -> Decoding.check(stub, input -> BindMessage.reply(new NdrReader(input)));
            case 1 ->
                    Decoding.check(
                            stub, input -> DomainControllerInfoMessage.reply(new NdrReader(input)));
            default ->
                    Decoding.check(stub, input -> CrackNamesMessage.reply(new NdrReader(input), 2));
        }
    }
}
