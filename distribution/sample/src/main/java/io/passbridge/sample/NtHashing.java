/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sample;

import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.digests.MD4Digest;

/** The NT hash of made-up passwords (MS-NLMP, NTOWFv1). */
final class NtHashing {
    private NtHashing() {}

    static byte[] hash(String password) {
        byte[] clear = password.getBytes(StandardCharsets.UTF_16LE);
        MD4Digest md4 = new MD4Digest();
        md4.update(clear, 0, clear.length);
        byte[] hash = new byte[md4.getDigestSize()];
        md4.doFinal(hash, 0);
        return hash;
    }
}
