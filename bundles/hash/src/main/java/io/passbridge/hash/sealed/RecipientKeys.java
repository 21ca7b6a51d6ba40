/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.sealed;

import io.passbridge.credential.AccountState;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.NtHash;
import io.passbridge.credential.Secret;
import io.passbridge.credential.SourceAnchor;
import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.crypto.hpke.HPKE;

/**
 * The private keys of a recipient: one for HPKE, and one for what takes its place while the sender
 * keeps to the FIPS policy. Opens what was sealed for either. Thread-safe; wiped when closed.
 *
 * @param x25519 32 bytes
 * @param p256 32 bytes
 */
public record RecipientKeys(Secret x25519, Secret p256) implements AutoCloseable {
    /** New ones, the caller's to close. */
    public static RecipientKeys generate() {
        HPKE hpke = kem();
        return new RecipientKeys(
                SealedCredentials.newPrivateKey(),
                Secret.owning(hpke.serializePrivateKey(hpke.generatePrivateKey().getPrivate())));
    }

    private static HPKE kem() {
        return new HPKE(
                HPKE.mode_base, HPKE.kem_P256_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM256);
    }

    /** The public key of X25519, 32 bytes. */
    public byte[] x25519Public() {
        return SealedCredentials.publicKey(x25519);
    }

    /** The public key of P-256, 65 bytes, uncompressed. */
    public byte[] p256Public() {
        HPKE hpke = kem();
        byte[] bytes = p256.toBytes();
        try {
            return hpke.serializePublicKey(hpke.deserializePrivateKey(bytes, null).getPublic());
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /**
     * Opens a sealed credential.
     *
     * @param pairing stays the caller's
     * @return the caller's to close
     * @throws SealRefusedException if it was not sealed for this recipient by the paired sender, or
     *     for another user, version or state, or was changed on its way
     */
    public NtHash open(
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
        return sealed.length > 0 && sealed[0] == ApprovedCredentials.FORMAT
                ? ApprovedCredentials.open(
                        p256, p256Public(), pairing, anchor, version, state, sealed)
                : SealedCredentials.open(x25519, pairing, anchor, version, state, text);
    }

    /**
     * Begins to open a parcel.
     *
     * @param pairing stays the caller's
     * @param opening the first line
     * @throws SealRefusedException if it is no such line
     */
    public OpenedParcel openParcel(Secret pairing, String opening) throws SealRefusedException {
        return opening.startsWith(ApprovedParcel.OPENING)
                ? ApprovedParcel.open(p256, p256Public(), pairing, opening)
                : HpkeParcel.open(x25519, pairing, opening);
    }

    @Override
    public void close() {
        x25519.close();
        p256.close();
    }

    @Override
    public String toString() {
        return "RecipientKeys[redacted]";
    }
}
