/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.sealed;

import io.passbridge.credential.AccountState;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.NtHash;
import io.passbridge.credential.Recipient;
import io.passbridge.credential.Secret;
import io.passbridge.credential.SourceAnchor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;

/**
 * Seals source credentials for a recipient and opens them there: HPKE (RFC 9180) in mode PSK with
 * DHKEM(X25519, HKDF-SHA256), HKDF-SHA256 and AES-256-GCM. The text form is base64 of a byte 1, the
 * encapsulated key and the cipher text. Bound to the recipient's key by HPKE itself, to user,
 * version and account state as associated data, and to the sender by the pairing secret. Stateless;
 * who opens has to refuse versions that are not newer.
 */
public final class SealedCredentials {
    private static final byte[] INFO = "passbridge credential 1".getBytes(StandardCharsets.UTF_8);
    static final byte[] PAIRING_ID = "passbridge".getBytes(StandardCharsets.UTF_8);
    private static final byte FORMAT = 1;

    /** Why it does not open, which cannot be told more exactly. */
    static final String OTHER =
            "it was changed, or sealed for another recipient, user, version or state, or by a"
                    + " sender that is not paired";

    private SealedCredentials() {}

    static HPKE hpke() {
        return new HPKE(
                HPKE.mode_psk, HPKE.kem_X25519_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM256);
    }

    /** A private key for a recipient, 32 bytes, the caller's to close. */
    public static Secret newPrivateKey() {
        HPKE hpke = hpke();
        return Secret.owning(hpke.serializePrivateKey(hpke.generatePrivateKey().getPrivate()));
    }

    /** The public key that belongs to a private one, which stays the caller's. */
    public static byte[] publicKey(Secret privateKey) {
        HPKE hpke = hpke();
        return hpke.serializePublicKey(pair(hpke, privateKey).getPublic());
    }

    static AsymmetricCipherKeyPair pair(HPKE hpke, Secret privateKey) {
        byte[] bytes = privateKey.toBytes();
        try {
            return hpke.deserializePrivateKey(bytes, null);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /**
     * @param hash with its Kerberos keys, if there are any; stays the caller's, as the recipient
     */
    public static String seal(
            Recipient recipient,
            SourceAnchor anchor,
            ChangeVersion version,
            AccountState state,
            NtHash hash) {
        HPKE hpke = hpke();
        byte[] plain = CredentialForm.encode(hash);
        byte[] pairing = recipient.pairing().toBytes();
        try {
            HPKEContextWithEncapsulation context =
                    hpke.SetupPSKS(
                            hpke.deserializePublicKey(recipient.publicKey()),
                            INFO,
                            pairing,
                            PAIRING_ID);
            byte[] sealed = context.seal(bound(anchor, version, state), plain);
            byte[] key = context.getEncapsulation();
            return Base64.getEncoder()
                    .encodeToString(
                            ByteBuffer.allocate(1 + key.length + sealed.length)
                                    .put(FORMAT)
                                    .put(key)
                                    .put(sealed)
                                    .array());
        } catch (InvalidCipherTextException e) {
            throw new IllegalStateException("a credential could not be sealed", e);
        } finally {
            Arrays.fill(plain, (byte) 0);
            Arrays.fill(pairing, (byte) 0);
        }
    }

    /**
     * @param privateKey of the recipient; stays the caller's, as the pairing secret
     * @return the caller's to close
     * @throws SealRefusedException if it was not sealed for this recipient by the paired sender, or
     *     for another user, version or state, or was changed on its way
     */
    public static NtHash open(
            Secret privateKey,
            Secret pairing,
            SourceAnchor anchor,
            ChangeVersion version,
            AccountState state,
            String text)
            throws SealRefusedException {
        byte[] sealed;
        try {
            sealed = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new SealRefusedException("it is not base64");
        }
        HPKE hpke = hpke();
        int head = 1 + hpke.getEncSize();
        if (sealed.length < head || sealed[0] != FORMAT) {
            throw new SealRefusedException("it is of no known form");
        }
        byte[] psk = pairing.toBytes();
        byte[] plain = new byte[0];
        try {
            plain =
                    hpke.setupPSKR(
                                    Arrays.copyOfRange(sealed, 1, head),
                                    pair(hpke, privateKey),
                                    INFO,
                                    psk,
                                    PAIRING_ID)
                            .open(
                                    bound(anchor, version, state),
                                    Arrays.copyOfRange(sealed, head, sealed.length));
            return CredentialForm.decode(plain);
        } catch (InvalidCipherTextException | RuntimeException e) {
            throw new SealRefusedException(OTHER);
        } finally {
            Arrays.fill(plain, (byte) 0);
            Arrays.fill(psk, (byte) 0);
        }
    }

    /** An anchor's length goes before it, so that no two of these are alike. */
    static byte[] bound(SourceAnchor anchor, ChangeVersion version, AccountState state) {
        byte[] name = anchor.value().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(2 * Long.BYTES + 2 * Integer.BYTES + name.length)
                .putLong(version.sequence())
                .putLong(version.time())
                .putInt(state.toBits())
                .putInt(name.length)
                .put(name)
                .array();
    }
}
