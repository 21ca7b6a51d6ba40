/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.file;

import io.passbridge.credential.Secret;
import io.passbridge.crypto.CryptographicModule;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import io.passbridge.keys.KeyInfo;
import io.passbridge.keys.KeyStatus;
import io.passbridge.keys.ring.KeyRing;
import io.passbridge.keys.ring.KeySet;
import io.passbridge.keys.sealed.CommittingCipher;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.AEADBadTagException;

/**
 * A key-set file as it was read: what it says in clear, believed only once {@link #open} has
 * authenticated it. The format is {@code docs/formats/key-set.md}.
 */
public final class ProtectedKeySet {
    private final KeySet keySet;
    private final FileKind kind;
    private final byte[] header;
    private final byte[] ciphertext;

    ProtectedKeySet(KeySet keySet, FileKind kind, byte[] header, byte[] ciphertext) {
        this.keySet = keySet;
        this.kind = kind;
        this.header = header;
        this.ciphertext = ciphertext;
    }

    /** What the file says in clear. */
    public KeySet keySet() {
        return keySet;
    }

    /** Whether it is a server's own file or an export. */
    public FileKind kind() {
        return kind;
    }

    /**
     * Authenticates the whole file and decrypts its keys. The root secret stays the caller's.
     *
     * @throws KeyException with {@link Kind#DAMAGED} if any bit is not as it was written
     */
    public KeyRing open(Secret root, CryptographicModule module) throws KeyException {
        int salt = header.length - KeySetFormat.SEAL;
        byte[] nonce =
                Arrays.copyOfRange(
                        header,
                        salt + KeySetFormat.SALT,
                        salt + KeySetFormat.SALT + CommittingCipher.NONCE);
        byte[] commitment =
                Arrays.copyOfRange(
                        header, header.length - CommittingCipher.COMMITMENT, header.length);
        byte[] context = context(Arrays.copyOfRange(header, salt, salt + KeySetFormat.SALT));
        byte[] plaintext = null;
        try (CommittingCipher cipher =
                root.use(bytes -> CommittingCipher.of(module, bytes, context))) {
            if (!cipher.commitsTo(commitment)) {
                throw damaged("its root secret is not the one it was written with");
            }
            plaintext = cipher.decrypt(nonce, ciphertext, header);
            return ring(plaintext, module);
        } catch (AEADBadTagException e) {
            throw damaged("it was changed after it was written");
        } finally {
            if (plaintext != null) {
                Arrays.fill(plaintext, (byte) 0);
            }
        }
    }

    static byte[] context(byte[] salt) {
        byte[] label = "passbridge key set v1".getBytes(StandardCharsets.US_ASCII);
        byte[] context = Arrays.copyOf(label, label.length + salt.length);
        System.arraycopy(salt, 0, context, label.length, salt.length);
        return context;
    }

    private KeyRing ring(byte[] plaintext, CryptographicModule module) throws KeyException {
        Map<Integer, Secret> keys = new TreeMap<>();
        int at = 0;
        for (KeyInfo key : keySet.keys()) {
            if (key.status() != KeyStatus.DESTROYED) {
                Secret bytes =
                        Secret.owning(Arrays.copyOfRange(plaintext, at, at + CommittingCipher.KEY));
                keys.put(key.id(), bytes);
                at += CommittingCipher.KEY;
                if (!KeyRing.fingerprint(module, bytes).equals(key.fingerprint())) {
                    new KeyRing(keys).wipe();
                    throw damaged("key " + key.id() + " does not have its fingerprint");
                }
            }
        }
        return new KeyRing(keys);
    }

    private KeyException damaged(String how) {
        return new KeyException(
                Kind.DAMAGED,
                "the file of key set " + keySet.id() + " is damaged: " + how,
                "restore it from a backup, or keys:activate an export");
    }
}
