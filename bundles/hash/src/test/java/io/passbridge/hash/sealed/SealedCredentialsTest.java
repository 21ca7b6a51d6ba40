/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.sealed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.credential.AccountState;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.KerberosKeys;
import io.passbridge.credential.NtHash;
import io.passbridge.credential.Recipient;
import io.passbridge.credential.Secret;
import io.passbridge.credential.SourceAnchor;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Properties;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContext;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;
import org.junit.jupiter.api.Test;

class SealedCredentialsTest {
    private static final SourceAnchor ANNA = new SourceAnchor("anna");
    private static final ChangeVersion FIRST = new ChangeVersion(7, 70);
    private static final AccountState ACTIVE = AccountState.ACTIVE;

    private final Secret key = SealedCredentials.newPrivateKey();
    private final Secret pairing = Secret.owning(filled(32, 5));

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private Recipient recipient() {
        return new Recipient(SealedCredentials.publicKey(key), pairing.copy());
    }

    private String sealed(NtHash hash) {
        return SealedCredentials.seal(recipient(), ANNA, FIRST, ACTIVE, hash);
    }

    private NtHash open(String sealed) throws SealRefusedException {
        return SealedCredentials.open(key, pairing, ANNA, FIRST, ACTIVE, sealed);
    }

    private static NtHash hash() {
        return NtHash.owning(filled(NtHash.LENGTH, 1));
    }

    private static NtHash withKeys(boolean both) {
        return hash().withKeys(
                        new KerberosKeys(
                                "CORP.EXAMPLEännä",
                                Secret.owning(filled(32, 2)),
                                both
                                        ? Optional.of(Secret.owning(filled(16, 3)))
                                        : Optional.empty()));
    }

    @Test
    void open_whatWasSealed_givesItBack() throws SealRefusedException {
        try (NtHash opened = open(sealed(hash()))) {
            assertThat(opened.secret().toBytes()).isEqualTo(filled(16, 1));
            assertThat(opened.kerberosKeys()).isEmpty();
        }
        for (boolean both : new boolean[] {true, false}) {
            try (NtHash opened = open(sealed(withKeys(both)))) {
                KerberosKeys keys = opened.kerberosKeys().orElseThrow();
                assertThat(keys.salt()).isEqualTo("CORP.EXAMPLEännä");
                assertThat(keys.aes256().toBytes()).isEqualTo(filled(32, 2));
                assertThat(keys.aes128().isPresent()).isEqualTo(both);
            }
        }
    }

    @Test
    void seal_twice_givesDifferentTexts_withNothingOfTheHash() {
        String first = sealed(hash());

        assertThat(first).isNotEqualTo(sealed(hash()));
        assertThat(HexFormat.of().formatHex(Base64.getDecoder().decode(first)))
                .doesNotContain("01010101");
    }

    @Test
    void open_forAnythingElse_isRefused() {
        String text = sealed(withKeys(true));

        assertRefused(SealedCredentials.newPrivateKey(), pairing, ANNA, FIRST, ACTIVE, text);
        assertRefused(key, Secret.owning(filled(32, 6)), ANNA, FIRST, ACTIVE, text);
        assertRefused(key, pairing, new SourceAnchor("bert"), FIRST, ACTIVE, text);
        assertRefused(key, pairing, ANNA, new ChangeVersion(8, 70), ACTIVE, text);
        assertRefused(key, pairing, ANNA, new ChangeVersion(7, 71), ACTIVE, text);
        assertRefused(key, pairing, ANNA, FIRST.inEpoch(1), ACTIVE, text);
        assertRefused(key, pairing, ANNA, FIRST, AccountState.of(AccountState.Flag.DISABLED), text);
    }

    private static void assertRefused(
            Secret key,
            Secret pairing,
            SourceAnchor anchor,
            ChangeVersion version,
            AccountState state,
            String text) {
        assertThatThrownBy(() -> SealedCredentials.open(key, pairing, anchor, version, state, text))
                .isInstanceOf(SealRefusedException.class);
    }

    @Test
    void open_withAnyBitFlipped_orCut_isRefused() {
        byte[] whole = Base64.getDecoder().decode(sealed(hash()));
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            byte[] changed = whole.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertTextRefused(Base64.getEncoder().encodeToString(changed));
        }
        for (int length = 0; length < whole.length; length++) {
            assertTextRefused(Base64.getEncoder().encodeToString(Arrays.copyOf(whole, length)));
        }
        assertTextRefused("no base64!");
    }

    private void assertTextRefused(String text) {
        assertRefused(key, pairing, ANNA, FIRST, ACTIVE, text);
    }

    private static byte[] vector(Properties vectors, String name) {
        return HexFormat.of().parseHex(vectors.getProperty(name));
    }

    private static Properties vectors() throws IOException {
        Properties vectors = new Properties();
        try (InputStream in =
                SealedCredentialsTest.class.getResourceAsStream("/vectors/hpke.properties")) {
            vectors.load(in);
        }
        return vectors;
    }

    @Test
    void publishedVectors_ofTheModeAndOfTheSuite_areMet()
            throws IOException, InvalidCipherTextException {
        Properties vectors = vectors();
        HPKE psk =
                new HPKE(
                        HPKE.mode_psk,
                        HPKE.kem_X25519_SHA256,
                        HPKE.kdf_HKDF_SHA256,
                        HPKE.aead_AES_GCM128);
        HPKEContext receiver =
                psk.setupPSKR(
                        vector(vectors, "psk.enc"),
                        psk.deserializePrivateKey(vector(vectors, "psk.skRm"), null),
                        vector(vectors, "psk.info"),
                        vector(vectors, "psk.psk"),
                        vector(vectors, "psk.psk_id"));
        for (int i = 0; i < 2; i++) {
            assertThat(
                            receiver.open(
                                    vector(vectors, "psk.aad." + i),
                                    vector(vectors, "psk.ct." + i)))
                    .isEqualTo(vector(vectors, "psk.pt"));
        }
        HPKE base =
                new HPKE(
                        HPKE.mode_base,
                        HPKE.kem_X25519_SHA256,
                        HPKE.kdf_HKDF_SHA256,
                        HPKE.aead_AES_GCM256);
        HPKEContextWithEncapsulation sender =
                base.setupBaseS(
                        base.deserializePublicKey(vector(vectors, "base.pkRm")),
                        vector(vectors, "base.info"),
                        base.deserializePrivateKey(vector(vectors, "base.skEm"), null));
        assertThat(sender.seal(vector(vectors, "base.aad"), vector(vectors, "base.pt")))
                .isEqualTo(vector(vectors, "base.ct"));
    }
}
