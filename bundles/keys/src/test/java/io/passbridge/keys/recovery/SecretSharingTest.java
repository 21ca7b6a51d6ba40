/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.keys.KeyException;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SecretSharingTest {
    private final SecureRandom random = new SecureRandom();

    /** The examples of FIPS 197, section 4.2, and the inverse that its S-box is built of. */
    @Example
    void multiply_examplesOfTheAesStandard_areRight() {
        assertThat(SecretSharing.multiply(0x57, 0x83)).isEqualTo(0xC1);
        assertThat(SecretSharing.multiply(0x57, 0x13)).isEqualTo(0xFE);
        assertThat(SecretSharing.invert(0x53)).isEqualTo(0xCA);
    }

    @Example
    void invert_everyElement_isItsInverse() {
        for (int a = 1; a < 256; a++) {
            assertThat(SecretSharing.multiply(a, SecretSharing.invert(a))).isEqualTo(1);
        }
    }

    @Property(tries = 100)
    void combine_anyEnoughShares_isTheSecret(
            @ForAll @Size(32) byte[] secret,
            @ForAll @IntRange(min = 2, max = 6) int needed,
            @ForAll @IntRange(min = 0, max = 5) int more,
            @ForAll long order) {
        int shares = needed + more;
        byte[][] values = SecretSharing.split(secret, needed, shares, random);
        Map<Integer, byte[]> chosen = new TreeMap<>();
        Random choice = new Random(order);
        while (chosen.size() < needed) {
            int number = 1 + choice.nextInt(shares);
            chosen.put(number, values[number - 1]);
        }
        assertThat(SecretSharing.combine(chosen)).isEqualTo(secret);
    }

    /** With one share fewer every secret is possible: for each there is a missing share. */
    @Example
    void combine_oneShareTooFew_saysNothingAboutTheSecret() {
        byte[][] values = SecretSharing.split(new byte[] {42}, 2, 2, random);
        boolean[] possible = new boolean[256];
        for (int guess = 0; guess < 256; guess++) {
            byte[] secret =
                    SecretSharing.combine(Map.of(1, values[0], 2, new byte[] {(byte) guess}));
            possible[secret[0] & 0xFF] = true;
        }
        assertThat(possible).doesNotContain(false);
    }

    @Property(tries = 50)
    void parse_anySlip_isFound(
            @ForAll @Size(32) byte[] value,
            @ForAll @IntRange(min = 9, max = 80) int place,
            @ForAll @IntRange(min = 0, max = 9) int digit)
            throws KeyException {
        String text = new ShareText("0a1b2c3d", 3, 5, value).text();
        assertThat(ShareText.parse(text + "\n", "a file").value()).isEqualTo(value);
        String slip = text.substring(0, place) + digit + text.substring(place + 1);
        if (!slip.equals(text)) {
            assertThatThrownBy(() -> ShareText.parse(slip, "a file"))
                    .isInstanceOf(KeyException.class)
                    .hasMessageNotContaining(slip.substring(30, 60));
        }
    }

    @Example
    void toString_containsNoShare() {
        assertThat(new ShareText("0a1b2c3d", 3, 5, new byte[32]).toString()).doesNotContain("0000");
    }
}
