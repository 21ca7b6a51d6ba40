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
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContext;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;

/**
 * Lines sealed in one HPKE context (RFC 9180, section 5.2): the context counts them, so that each
 * opens at its own place only, and the last one is marked. The form is in
 * docs/formats/sealed-file.md.
 */
public final class HpkeParcel implements SealedParcel {
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

    /** Opens the lines of a parcel in their order. Not thread-safe. */
    public static final class Opened {
        private final HPKEContext context;
        private boolean ended;

        private Opened(HPKEContext context) {
            this.context = context;
        }

        /** Whether the last line was opened. */
        public boolean ended() {
            return ended;
        }

        /**
         * The text of the next line.
         *
         * @throws SealRefusedException if it is not the line that follows, or was changed, or the
         *     parcel is for another recipient or of another sender
         */
        public String next(String line) throws SealRefusedException {
            if (ended) {
                throw new SealRefusedException("there is something behind the last line");
            }
            byte[] sealed = base64(line);
            try {
                return text(sealed, MORE);
            } catch (InvalidCipherTextException e) {
                return last(sealed);
            }
        }

        private String last(byte[] sealed) throws SealRefusedException {
            try {
                String text = text(sealed, LAST);
                ended = true;
                return text;
            } catch (InvalidCipherTextException e) {
                throw new SealRefusedException(
                        "a line was changed, moved or left out, or the file is for another"
                                + " recipient or by a sender that is not paired");
            }
        }

        private String text(byte[] sealed, byte[] place) throws InvalidCipherTextException {
            return new String(context.open(place, sealed), StandardCharsets.UTF_8);
        }
    }

    /**
     * Begins to open a parcel.
     *
     * @param privateKey of the recipient; stays the caller's, as the pairing secret
     * @param opening the first line
     * @throws SealRefusedException if it is no such line
     */
    public static Opened open(Secret privateKey, Secret pairing, String opening)
            throws SealRefusedException {
        if (!opening.startsWith(OPENING)) {
            throw new SealRefusedException("it is of no known form");
        }
        byte[] encapsulation = base64(opening.substring(OPENING.length()));
        HPKE hpke = SealedCredentials.hpke();
        byte[] psk = pairing.toBytes();
        try {
            return new Opened(
                    hpke.setupPSKR(
                            encapsulation,
                            SealedCredentials.pair(hpke, privateKey),
                            INFO,
                            psk,
                            SealedCredentials.PAIRING_ID));
        } catch (RuntimeException e) {
            throw new SealRefusedException("its first line is not of the form");
        } finally {
            Arrays.fill(psk, (byte) 0);
        }
    }

    private static byte[] base64(String text) throws SealRefusedException {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new SealRefusedException("a line is not base64");
        }
    }
}
