/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.pbkdf2;

/** The hash functions under PBKDF2's HMAC. */
public enum HmacHash {
    SHA_1("SHA-1", 64, 20),
    SHA_256("SHA-256", 64, 32),
    SHA_512("SHA-512", 128, 64);

    private final String jcaName;
    private final int blockLength;
    private final int length;

    HmacHash(String jcaName, int blockLength, int length) {
        this.jcaName = jcaName;
        this.blockLength = blockLength;
        this.length = length;
    }

    /** The one under a MAC that is named as in the JCA: {@code HmacSHA256}. */
    public static HmacHash ofMac(String mac) {
        for (HmacHash hash : values()) {
            if (hash.mac().equals(mac)) {
                return hash;
            }
        }
        throw new IllegalArgumentException("there is no PBKDF2 over " + mac);
    }

    /** The MAC over it, as the JCA names it. */
    public String mac() {
        return "Hmac" + jcaName.replace("-", "");
    }

    String jcaName() {
        return jcaName;
    }

    int blockLength() {
        return blockLength;
    }

    /** Length of the hash in bytes. */
    public int length() {
        return length;
    }
}
