/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.sealed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.credential.Recipient;
import io.passbridge.credential.Secret;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class HpkeParcelTest {
    private static final List<String> TEXTS = List.of("first", "Ännä", "", "last of them");

    private final Secret key = SealedCredentials.newPrivateKey();
    private final Secret pairing = Secret.owning(filled(5));

    private static byte[] filled(int value) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private List<String> sealed() {
        HpkeParcel parcel =
                HpkeParcel.to(new Recipient(SealedCredentials.publicKey(key), pairing.copy()));
        List<String> lines = new ArrayList<>(List.of(parcel.opening()));
        for (int i = 0; i < TEXTS.size(); i++) {
            lines.add(parcel.seal(TEXTS.get(i), i == TEXTS.size() - 1));
        }
        assertThatThrownBy(() -> parcel.seal("more", true))
                .isInstanceOf(IllegalStateException.class);
        return lines;
    }

    private List<String> opened(Secret ownKey, Secret ownPairing, List<String> lines)
            throws SealRefusedException {
        OpenedParcel parcel = HpkeParcel.open(ownKey, ownPairing, lines.get(0));
        List<String> texts = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            texts.add(parcel.next(line));
        }
        if (!parcel.ended()) {
            throw new SealRefusedException("cut");
        }
        return texts;
    }

    private void assertRefused(Secret ownKey, Secret ownPairing, List<String> lines) {
        assertThatThrownBy(() -> opened(ownKey, ownPairing, lines))
                .isInstanceOf(SealRefusedException.class);
    }

    @Test
    void open_whatWasSealed_givesItBack() throws SealRefusedException {
        assertThat(opened(key, pairing, sealed())).isEqualTo(TEXTS);
        assertThat(sealed().get(0)).isNotEqualTo(sealed().get(0));
    }

    @Test
    void open_forAnotherRecipientOrByAnotherSender_isRefused() {
        assertRefused(SealedCredentials.newPrivateKey(), pairing, sealed());
        assertRefused(key, Secret.owning(filled(6)), sealed());
    }

    @Test
    void open_withLinesMoved_leftOut_repeated_addedOrCut_isRefused() {
        List<String> lines = sealed();
        for (int i = 1; i < lines.size(); i++) {
            List<String> without = new ArrayList<>(lines);
            without.remove(i);
            assertRefused(key, pairing, without);
            List<String> twice = new ArrayList<>(lines);
            twice.add(i, lines.get(i));
            assertRefused(key, pairing, twice);
            assertRefused(key, pairing, lines.subList(0, i));
            List<String> foreign = new ArrayList<>(lines);
            foreign.set(i, sealed().get(i));
            assertRefused(key, pairing, foreign);
        }
        List<String> swapped = new ArrayList<>(lines);
        swapped.set(1, lines.get(2));
        swapped.set(2, lines.get(1));
        assertRefused(key, pairing, swapped);
    }

    @Test
    void open_withAnyBitFlipped_isRefused() {
        List<String> lines = sealed();
        for (int i = 0; i < lines.size(); i++) {
            int from = i == 0 ? lines.get(0).lastIndexOf(' ') + 1 : 0;
            String head = lines.get(i).substring(0, from);
            byte[] whole = Base64.getDecoder().decode(lines.get(i).substring(from));
            for (int bit = 0; bit < 8 * whole.length; bit++) {
                byte[] changed = whole.clone();
                changed[bit / 8] ^= (byte) (1 << bit % 8);
                List<String> flipped = new ArrayList<>(lines);
                flipped.set(i, head + Base64.getEncoder().encodeToString(changed));
                assertRefused(key, pairing, flipped);
            }
        }
        for (String opening : new String[] {"", "passbridge-sealed 2 x25519 AAAA", "x"}) {
            List<String> other = new ArrayList<>(lines);
            other.set(0, opening);
            assertRefused(key, pairing, other);
        }
    }
}
