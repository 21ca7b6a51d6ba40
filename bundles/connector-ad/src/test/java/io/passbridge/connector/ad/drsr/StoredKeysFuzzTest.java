/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.drsr;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.passbridge.connector.ad.Decoding;
import io.passbridge.credential.KerberosKeys;

/** Whatever an opened value holds: keys, none, or a refusal in words. */
class StoredKeysFuzzTest {
    @FuzzTest(maxDuration = "24h")
    void keys(byte[] data) {
        fuzzerTestOneInput(data);
    }

    public static void fuzzerTestOneInput(byte[] data) {
        Decoding.check(data, value -> StoredKeys.read(value).ifPresent(KerberosKeys::close));
    }
}
