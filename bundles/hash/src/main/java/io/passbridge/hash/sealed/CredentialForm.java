/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.sealed;

import io.passbridge.credential.KerberosKeys;
import io.passbridge.credential.NtHash;
import io.passbridge.credential.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * What is inside of a sealed credential: 16 bytes of NT hash; with Kerberos keys then 32 bytes of
 * AES-256, 16 of AES-128 or none, and the salt in UTF-8, told by the first byte.
 */
final class CredentialForm {
    private static final byte HASH = 1;
    private static final byte WITH_AES256 = 2;
    private static final byte WITH_BOTH = 3;
    private static final int AES256 = 32;
    private static final int AES128 = 16;
    private static final int LONGEST_SALT = 1024;

    private CredentialForm() {}

    /** The caller's to wipe. */
    static byte[] encode(NtHash hash) {
        Optional<KerberosKeys> keys = hash.kerberosKeys();
        byte[] salt = keys.map(KerberosKeys::salt).orElse("").getBytes(StandardCharsets.UTF_8);
        Optional<Secret> aes128 = keys.flatMap(KerberosKeys::aes128);
        byte[] form =
                new byte
                        [1
                                + NtHash.LENGTH
                                + (keys.isPresent() ? AES256 : 0)
                                + (aes128.isPresent() ? AES128 : 0)
                                + salt.length];
        form[0] = keys.isEmpty() ? HASH : aes128.isEmpty() ? WITH_AES256 : WITH_BOTH;
        int at = put(hash.secret(), form, 1);
        if (keys.isPresent()) {
            at = put(keys.get().aes256(), form, at);
        }
        if (aes128.isPresent()) {
            at = put(aes128.get(), form, at);
        }
        System.arraycopy(salt, 0, form, at, salt.length);
        return form;
    }

    private static int put(Secret secret, byte[] into, int at) {
        return secret.use(
                bytes -> {
                    System.arraycopy(bytes, 0, into, at, bytes.length);
                    return at + bytes.length;
                });
    }

    /**
     * @param form stays the caller's to wipe
     * @throws IllegalArgumentException if it is not of the form
     */
    static NtHash decode(byte[] form) {
        int kind = form.length == 0 ? 0 : form[0];
        int fixed =
                1
                        + NtHash.LENGTH
                        + (kind >= WITH_AES256 ? AES256 : 0)
                        + (kind == WITH_BOTH ? AES128 : 0);
        int salt = form.length - fixed;
        if (kind < HASH
                || kind > WITH_BOTH
                || salt < 0
                || salt > LONGEST_SALT
                || kind == HASH && salt != 0) {
            throw new IllegalArgumentException(
                    "a sealed credential of kind " + kind + " with " + form.length + " bytes");
        }
        NtHash hash = NtHash.owning(Arrays.copyOfRange(form, 1, 1 + NtHash.LENGTH));
        if (kind == HASH) {
            return hash;
        }
        int at = 1 + NtHash.LENGTH;
        Secret aes256 = Secret.owning(Arrays.copyOfRange(form, at, at + AES256));
        Optional<Secret> aes128 =
                kind == WITH_BOTH
                        ? Optional.of(
                                Secret.owning(
                                        Arrays.copyOfRange(
                                                form, at + AES256, at + AES256 + AES128)))
                        : Optional.empty();
        return hash.withKeys(
                new KerberosKeys(
                        new String(form, fixed, salt, StandardCharsets.UTF_8), aes256, aes128));
    }
}
