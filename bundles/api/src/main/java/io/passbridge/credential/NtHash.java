/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.credential;

import java.util.Optional;

/** The NT hash of a password: MD4 over its UTF-16LE form, 16 bytes (MS-NLMP, NTOWFv1). */
public final class NtHash implements SourceCredential {
    /** Length in bytes. */
    public static final int LENGTH = 16;

    private final Secret secret;
    private final Optional<KerberosKeys> kerberosKeys;

    private NtHash(Secret secret, Optional<KerberosKeys> kerberosKeys) {
        this.secret = secret;
        this.kerberosKeys = kerberosKeys;
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
        return new NtHash(Secret.owning(bytes), Optional.empty());
    }

    /** The same hash with the keys that belong to the same password; takes over both. */
    public NtHash withKeys(KerberosKeys keys) {
        return new NtHash(secret, Optional.of(keys));
    }

    /** An independent copy, to be closed on its own. */
    public NtHash copy() {
        return new NtHash(secret.copy(), kerberosKeys.map(KerberosKeys::copy));
    }

    /** The Kerberos keys that came with the hash, where the source gives them; closed with it. */
    public Optional<KerberosKeys> kerberosKeys() {
        return kerberosKeys;
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
        kerberosKeys.ifPresent(KerberosKeys::close);
    }

    @Override
    public String toString() {
        return "NtHash[redacted]";
    }
}
