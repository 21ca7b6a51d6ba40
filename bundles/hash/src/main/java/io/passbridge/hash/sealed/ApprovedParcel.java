/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.sealed;

import io.passbridge.credential.Recipient;
import io.passbridge.credential.Secret;
import io.passbridge.crypto.CryptographicModule;
import io.passbridge.hash.SealedParcel;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;

/** As {@link HpkeParcel}, under one {@link ApprovedKey}: each line is bound to its number. */
final class ApprovedParcel implements SealedParcel {
    static final String OPENING = "passbridge-sealed 1 p256 ";
    private static final String LABEL = "passbridge parcel 2";

    private final ApprovedKey key;
    private long number;
    private boolean ended;

    private ApprovedParcel(ApprovedKey key) {
        this.key = key;
    }

    static ApprovedParcel to(CryptographicModule module, Recipient recipient) {
        return new ApprovedParcel(
                ApprovedKey.toRecipient(
                        module, recipient.p256Key().orElseThrow(), recipient.pairing(), LABEL));
    }

    @Override
    public String opening() {
        return OPENING + Base64.getEncoder().encodeToString(key.ephemeral());
    }

    @Override
    public String seal(String text, boolean last) {
        if (ended) {
            throw new IllegalStateException("nothing follows the last line of a parcel");
        }
        ended = last;
        byte[] sealed = key.seal(place(number++, last), text.getBytes(StandardCharsets.UTF_8));
        if (last) {
            key.close();
        }
        return Base64.getEncoder().encodeToString(sealed);
    }

    private static byte[] place(long number, boolean last) {
        return ByteBuffer.allocate(Long.BYTES + 1)
                .putLong(number)
                .put((byte) (last ? 1 : 0))
                .array();
    }

    static OpenedParcel open(Secret privateKey, byte[] publicKey, Secret pairing, String opening)
            throws SealRefusedException {
        ApprovedKey key =
                ApprovedKey.ofSender(
                        privateKey,
                        publicKey,
                        pairing,
                        OpenedParcel.base64(opening.substring(OPENING.length())),
                        LABEL);
        long[] number = new long[1];
        return new OpenedParcel(
                (line, last) -> {
                    try {
                        byte[] text = key.open(place(number[0], last), line);
                        number[0]++;
                        return Optional.of(text);
                    } catch (GeneralSecurityException e) {
                        return Optional.empty();
                    }
                });
    }
}
