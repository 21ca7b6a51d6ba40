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
import io.passbridge.crypto.CryptographicModule;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;

/**
 * As {@link SealedCredentials}, with {@link ApprovedKey} in place of HPKE: the byte 2, the
 * ephemeral public key (65 bytes), the nonce (12), the cipher text and the tag.
 */
final class ApprovedCredentials {
    static final byte FORMAT = 2;
    private static final String LABEL = "passbridge credential 2";

    private ApprovedCredentials() {}

    static String seal(
            CryptographicModule module,
            Recipient recipient,
            SourceAnchor anchor,
            ChangeVersion version,
            AccountState state,
            NtHash hash) {
        byte[] plain = CredentialForm.encode(hash);
        try (ApprovedKey key =
                ApprovedKey.toRecipient(
                        module, recipient.p256Key().orElseThrow(), recipient.pairing(), LABEL)) {
            byte[] sealed = key.seal(SealedCredentials.bound(anchor, version, state), plain);
            return Base64.getEncoder()
                    .encodeToString(
                            ByteBuffer.allocate(1 + ApprovedKey.POINT + sealed.length)
                                    .put(FORMAT)
                                    .put(key.ephemeral())
                                    .put(sealed)
                                    .array());
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /** As {@link RecipientKeys#open}. */
    static NtHash open(
            Secret privateKey,
            byte[] publicKey,
            Secret pairing,
            SourceAnchor anchor,
            ChangeVersion version,
            AccountState state,
            byte[] sealed)
            throws SealRefusedException {
        int head = 1 + ApprovedKey.POINT;
        if (sealed.length < head || sealed[0] != FORMAT) {
            throw new SealRefusedException("it is of no known form");
        }
        byte[] plain = new byte[0];
        try (ApprovedKey key =
                ApprovedKey.ofSender(
                        privateKey,
                        publicKey,
                        pairing,
                        Arrays.copyOfRange(sealed, 1, head),
                        LABEL)) {
            plain =
                    key.open(
                            SealedCredentials.bound(anchor, version, state),
                            Arrays.copyOfRange(sealed, head, sealed.length));
            return CredentialForm.decode(plain);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new SealRefusedException(SealedCredentials.OTHER);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }
}
