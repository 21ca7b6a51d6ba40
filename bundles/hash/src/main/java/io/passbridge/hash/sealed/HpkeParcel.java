/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.sealed;

import io.passbridge.credential.Recipient;
import io.passbridge.credential.Secret;
import io.passbridge.hash.SealedParcel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContext;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;

/**
 * Lines sealed in one HPKE context (RFC 9180, section 5.2): the context counts them, so that each
 * opens at its own place only, and the last one is marked. The form is in
 * docs/formats/sealed-file.md.
 */
final class HpkeParcel implements SealedParcel {
    private static final String OPENING = "passbridge-sealed 1 x25519 ";
    private static final byte[] INFO = "passbridge parcel 1".getBytes(StandardCharsets.UTF_8);
    private static final byte[] MORE = {0};
    private static final byte[] LAST = {1};

    private final HPKEContextWithEncapsulation context;
    private boolean ended;

    private HpkeParcel(HPKEContextWithEncapsulation context) {
        this.context = context;
    }

    static HpkeParcel to(Recipient recipient) {
        HPKE hpke = SealedCredentials.hpke();
        byte[] pairing = recipient.pairing().toBytes();
        try {
            return new HpkeParcel(
                    hpke.SetupPSKS(
                            hpke.deserializePublicKey(recipient.publicKey()),
                            INFO,
                            pairing,
                            SealedCredentials.PAIRING_ID));
        } finally {
            Arrays.fill(pairing, (byte) 0);
        }
    }

    @Override
    public String opening() {
        return OPENING + Base64.getEncoder().encodeToString(context.getEncapsulation());
    }

    @Override
    public String seal(String text, boolean last) {
        if (ended) {
            throw new IllegalStateException("nothing follows the last line of a parcel");
        }
        ended = last;
        try {
            byte[] sealed = context.seal(last ? LAST : MORE, text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(sealed);
        } catch (InvalidCipherTextException e) {
            throw new IllegalStateException("a line could not be sealed", e);
        }
    }

    /** As {@link RecipientKeys#openParcel}. */
    static OpenedParcel open(Secret privateKey, Secret pairing, String opening)
            throws SealRefusedException {
        if (!opening.startsWith(OPENING)) {
            throw new SealRefusedException("it is of no known form");
        }
        byte[] encapsulation = OpenedParcel.base64(opening.substring(OPENING.length()));
        HPKE hpke = SealedCredentials.hpke();
        byte[] psk = pairing.toBytes();
        try {
            HPKEContext context =
                    hpke.setupPSKR(
                            encapsulation,
                            SealedCredentials.pair(hpke, privateKey),
                            INFO,
                            psk,
                            SealedCredentials.PAIRING_ID);
            return new OpenedParcel((line, last) -> open(context, line, last));
        } catch (RuntimeException e) {
            throw new SealRefusedException("its first line is not of the form");
        } finally {
            Arrays.fill(psk, (byte) 0);
        }
    }

    /** The context counts what it opens, and nothing else. */
    private static Optional<byte[]> open(HPKEContext context, byte[] sealed, boolean last) {
        try {
            return Optional.of(context.open(last ? LAST : MORE, sealed));
        } catch (InvalidCipherTextException e) {
            return Optional.empty();
        }
    }
}
