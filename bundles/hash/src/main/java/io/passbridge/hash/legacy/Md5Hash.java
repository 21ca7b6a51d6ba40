/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.legacy;

import io.passbridge.credential.LegacyAlgorithm;
import io.passbridge.credential.LegacyPolicy;
import org.bouncycastle.crypto.digests.MD5Digest;

/** MD5 for {@code {MD5}} and {@code {SMD5}} values that a directory still holds. */
public final class Md5Hash {
    private Md5Hash() {}

    /**
     * MD5 of two parts in a row.
     *
     * @throws io.passbridge.credential.LegacyRefusedException if the policy does not permit it
     */
    public static byte[] of(LegacyPolicy policy, String purpose, byte[] first, byte[] second) {
        policy.use(LegacyAlgorithm.MD5, purpose);
        MD5Digest md5 = new MD5Digest();
        md5.update(first, 0, first.length);
        md5.update(second, 0, second.length);
        byte[] hash = new byte[md5.getDigestSize()];
        md5.doFinal(hash, 0);
        return hash;
    }
}
