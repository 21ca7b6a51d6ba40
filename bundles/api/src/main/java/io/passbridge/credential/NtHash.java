/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.credential;

/** The NT hash of a password: MD4 over its UTF-16LE form, 16 bytes (MS-NLMP, NTOWFv1). */
public final class NtHash implements SourceCredential {
    /** Length in bytes. */
    public static final int LENGTH = 16;

    private final Secret secret;

    private NtHash(Secret secret) {
        this.secret = secret;
    }

    /**
     * Takes over the given array.
     *
     * @throws IllegalArgumentException if it is not 16 bytes long
     */
    public static NtHash owning(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("an NT hash has 16 bytes, not " + bytes.length);
        }
        return new NtHash(Secret.owning(bytes));
    }

    /** The 16 bytes, for use by a digest scheme; closed with this object. */
    public Secret secret() {
        return secret;
    }

    @Override
    public String kind() {
        return "NT";
    }

    @Override
    public void close() {
        secret.close();
    }

    @Override
    public String toString() {
        return "NtHash[redacted]";
    }
}
