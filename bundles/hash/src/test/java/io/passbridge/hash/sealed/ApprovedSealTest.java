/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.sealed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.credential.AccountState;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.NtHash;
import io.passbridge.credential.Recipient;
import io.passbridge.credential.Secret;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.hash.module.PlatformModule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What takes the place of HPKE under the FIPS policy keeps to the same. */
class ApprovedSealTest {
    private static final SourceAnchor ANNA = new SourceAnchor("anna");
    private static final ChangeVersion FIRST = new ChangeVersion(7, 70);
    private static final AccountState ACTIVE = AccountState.ACTIVE;
    private static final List<String> TEXTS = List.of("first", "Ännä", "", "last of them");

    private final PlatformModule module = new PlatformModule();
    private final RecipientKeys keys = RecipientKeys.generate();
    private final Secret pairing = Secret.owning(filled(32, 5));

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private Recipient recipient() {
        return new Recipient(keys.x25519Public(), Optional.of(keys.p256Public()), pairing.copy());
    }

    private String sealed() {
        return ApprovedCredentials.seal(
                module, recipient(), ANNA, FIRST, ACTIVE, NtHash.owning(filled(16, 1)));
    }

    private void assertRefused(
            RecipientKeys to,
            Secret by,
            SourceAnchor anchor,
            ChangeVersion version,
            AccountState state,
            String text) {
        assertThatThrownBy(() -> to.open(by, anchor, version, state, text))
                .isInstanceOf(SealRefusedException.class);
    }

    @Test
    void open_whatWasSealed_inEitherForm_givesItBack() throws SealRefusedException {
        String hpke =
                SealedCredentials.seal(
                        recipient(), ANNA, FIRST, ACTIVE, NtHash.owning(filled(16, 1)));
        for (String text : List.of(sealed(), hpke)) {
            try (NtHash opened = keys.open(pairing, ANNA, FIRST, ACTIVE, text)) {
                assertThat(opened.secret().toBytes()).isEqualTo(filled(16, 1));
            }
        }
        assertThat(sealed()).isNotEqualTo(sealed());
    }

    @Test
    void open_forAnythingElse_isRefused() {
        String text = sealed();
        assertRefused(RecipientKeys.generate(), pairing, ANNA, FIRST, ACTIVE, text);
        assertRefused(keys, Secret.owning(filled(32, 6)), ANNA, FIRST, ACTIVE, text);
        assertRefused(keys, pairing, new SourceAnchor("bert"), FIRST, ACTIVE, text);
        assertRefused(keys, pairing, ANNA, new ChangeVersion(8, 70), ACTIVE, text);
        assertRefused(
                keys, pairing, ANNA, FIRST, AccountState.of(AccountState.Flag.DISABLED), text);
    }

    @Test
    void open_withAnyBitFlipped_orCut_isRefused() {
        byte[] whole = Base64.getDecoder().decode(sealed());
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            byte[] changed = whole.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertRefused(keys, pairing, ANNA, FIRST, ACTIVE, text(changed));
        }
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertRefused(keys, pairing, ANNA, FIRST, ACTIVE, text(cut));
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private List<String> lines() {
        ApprovedParcel parcel = ApprovedParcel.to(module, recipient());
        List<String> lines = new ArrayList<>(List.of(parcel.opening()));
        for (int i = 0; i < TEXTS.size(); i++) {
            lines.add(parcel.seal(TEXTS.get(i), i == TEXTS.size() - 1));
        }
        return lines;
    }

    private List<String> opened(List<String> lines) throws SealRefusedException {
        OpenedParcel parcel = keys.openParcel(pairing, lines.get(0));
        List<String> texts = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            texts.add(parcel.next(line));
        }
        if (!parcel.ended()) {
            throw new SealRefusedException("cut");
        }
        return texts;
    }

    @Test
    void parcel_isOpenedAsItWasSealed_andNotOtherwise() throws SealRefusedException {
        List<String> lines = lines();
        assertThat(opened(lines)).isEqualTo(TEXTS);
        for (int i = 0; i < lines.size(); i++) {
            List<String> without = new ArrayList<>(lines);
            without.remove(i);
            List<String> foreign = new ArrayList<>(lines);
            foreign.set(i, lines().get(i));
            List<String> twice = new ArrayList<>(lines);
            twice.add(i, lines.get(i));
            for (List<String> other :
                    List.of(without, foreign, twice, lines.subList(0, Math.max(1, i)))) {
                assertThatThrownBy(() -> opened(other)).isInstanceOf(SealRefusedException.class);
            }
        }
    }
}
