/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.verify;

import io.passbridge.crypto.Cryptography;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.BiFunction;

/**
 * {@code base64(hash(password + salt) + salt)}, the form of {@code SSHA} and its relatives; without
 * a salt that of {@code SHA} and {@code MD5}.
 */
final class SaltedHash implements SchemeCheck {
    private final int length;
    private final boolean salted;
    private final BiFunction<byte[], byte[], byte[]> hash;

    /**
     * @param length of the hash in bytes
     * @param salted whether a salt must follow the hash
     * @param hash of a password and a salt
     */
    SaltedHash(int length, boolean salted, BiFunction<byte[], byte[], byte[]> hash) {
        this.length = length;
        this.salted = salted;
        this.hash = hash;
    }

    /** Over a hash function of the module in use, with a result of that many bytes. */
    static SaltedHash of(Cryptography cryptography, String algorithm, int length, boolean salted) {
        return new SaltedHash(
                length,
                salted,
                (password, salt) -> {
                    MessageDigest digest = cryptography.module().digest(algorithm);
                    digest.update(password);
                    return digest.digest(salt);
                });
    }

    @Override
    public Stored read(String data) {
        byte[] stored = Base64.getDecoder().decode(data);
        if (salted ? stored.length <= length : stored.length != length) {
            throw new IllegalArgumentException(
                    "the value has "
                            + stored.length
                            + " bytes; "
                            + (salted ? "more than " : "")
                            + length
                            + " are needed");
        }
        return password -> matches(password, stored);
    }

    private boolean matches(byte[] password, byte[] stored) {
        byte[] actual = hash.apply(password, Arrays.copyOfRange(stored, length, stored.length));
        boolean fits = MessageDigest.isEqual(actual, Arrays.copyOf(stored, length));
        Arrays.fill(actual, (byte) 0);
        return fits;
    }
}
