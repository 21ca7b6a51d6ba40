/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.legacy;

import io.passbridge.credential.LegacyAlgorithm;
import io.passbridge.credential.LegacyPolicy;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.MD4Digest;

/**
 * From a password to its NT hash (MS-NLMP, NTOWFv1): MD4 over UTF-16LE. Exists because a digest
 * that was derived from an NT hash can be checked in no other way.
 */
public final class NtDerivation {
    /** Why a sign-in needs MD4. */
    public static final String VERIFY = "verify NT digest";

    /** Why a clear-text password of a source needs MD4. */
    public static final String CLEARTEXT = "digest clear text";

    private final LegacyPolicy policy;

    public NtDerivation(LegacyPolicy policy) {
        this.policy = policy;
    }

    /** Whether the policy permits it for the purpose, without counting a use. */
    public boolean permitted(String purpose) {
        return policy.permits(LegacyAlgorithm.MD4, purpose);
    }

    /**
     * The NT hash, 16 bytes, which the caller must wipe.
     *
     * @throws io.passbridge.credential.LegacyRefusedException if the policy does not permit it
     */
    public byte[] ntHash(char[] password, String purpose) {
        policy.use(LegacyAlgorithm.MD4, purpose);
        byte[] utf16 = new byte[password.length * 2];
        for (int i = 0; i < password.length; i++) {
            utf16[2 * i] = (byte) password[i];
            utf16[2 * i + 1] = (byte) (password[i] >>> 8);
        }
        MD4Digest md4 = new MD4Digest();
        md4.update(utf16, 0, utf16.length);
        byte[] hash = new byte[md4.getDigestSize()];
        md4.doFinal(hash, 0);
        Arrays.fill(utf16, (byte) 0);
        return hash;
    }
}
