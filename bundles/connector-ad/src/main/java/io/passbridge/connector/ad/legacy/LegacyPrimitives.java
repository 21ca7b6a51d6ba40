/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.legacy;

import io.passbridge.credential.LegacyAlgorithm;
import io.passbridge.credential.LegacyPolicy;
import java.util.Arrays;
import java.util.Objects;

/**
 * The only door to the primitives that are not approved but that reading Active Directory forces
 * (MS-NLMP, MS-DRSR 4.1.10.6.17). Each passage is asked for and counted; the code behind it does
 * not go through the JCA, so that a FIPS provider neither blocks it nor allows it silently.
 */
public final class LegacyPrimitives {
    /** The purpose under which the policy is asked and an exception is configured. */
    public static final String PURPOSE = "read Active Directory";

    private static final int DES_KEY_BYTES = 7;

    private final LegacyPolicy policy;

    public LegacyPrimitives(LegacyPolicy policy) {
        this.policy = Objects.requireNonNull(policy, "policy");
    }

    /** Whether only approved algorithms may protect the channel. */
    public boolean fipsEnforced() {
        return policy.fipsEnforced();
    }

    /** The MD4 digest of the data, 16 bytes. */
    public byte[] md4(byte[] data) {
        policy.use(LegacyAlgorithm.MD4, PURPOSE);
        return digest(new Md4(), data);
    }

    /** The MD5 digest of the parts in their order, 16 bytes. */
    public byte[] md5(byte[]... parts) {
        policy.use(LegacyAlgorithm.MD5, PURPOSE);
        return digest(new Md5(), parts);
    }

    /** A message authentication code under the given key, which is copied. */
    public HmacMd5 hmacMd5(byte[] key) {
        policy.use(LegacyAlgorithm.MD5, PURPOSE);
        return new HmacMd5(key);
    }

    /** A key stream at its beginning; the key is not kept. */
    public Rc4 rc4(byte[] key) {
        policy.use(LegacyAlgorithm.RC4, PURPOSE);
        return new Rc4(key);
    }

    /**
     * Decrypts one 8-byte block with DES under a 56-bit key without parity bits.
     *
     * @param key 7 bytes
     */
    public void desDecrypt(byte[] key, byte[] data, int offset) {
        if (key.length != DES_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "a DES key without parity has 7 bytes, not " + key.length);
        }
        policy.use(LegacyAlgorithm.DES, PURPOSE);
        Des.decrypt(key, data, offset);
    }

    private static byte[] digest(BlockHash hash, byte[]... parts) {
        byte[] out = new byte[BlockHash.DIGEST];
        for (byte[] part : parts) {
            hash.update(part, 0, part.length);
        }
        hash.digest(out, 0);
        hash.wipe();
        return out;
    }

    /** Wipes arrays; a short form for the many temporary keys of these protocols. */
    public static void wipe(byte[]... arrays) {
        for (byte[] array : arrays) {
            if (array != null) {
                Arrays.fill(array, (byte) 0);
            }
        }
    }
}
