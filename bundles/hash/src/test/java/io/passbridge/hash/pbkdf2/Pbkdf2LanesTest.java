/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.pbkdf2;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.crypto.CryptographicModule.VerifierInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Pbkdf2LanesTest {
    @Test
    void derive_anyInputs_givesWhatOneByOneGives() {
        Pbkdf2Lanes lanes = new Pbkdf2Lanes();
        Random random = new Random(7);
        for (int count = 1; count <= lanes.width(); count++) {
            List<VerifierInput> inputs = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                byte[] password = new byte[random.nextInt(65)];
                byte[] salt = new byte[random.nextInt(52)];
                random.nextBytes(password);
                random.nextBytes(salt);
                inputs.add(new VerifierInput(password, salt));
            }
            int iterations = 1 + random.nextInt(4);
            byte[][] keys = lanes.derive(inputs, iterations);
            for (int i = 0; i < count; i++) {
                VerifierInput input = inputs.get(i);
                assertThat(keys[i])
                        .isEqualTo(
                                Pbkdf2.derive(
                                        HmacHash.SHA_256,
                                        input.password(),
                                        input.salt(),
                                        iterations,
                                        32));
            }
        }
    }

    @Test
    void takes_whatFitsIntoOneBlock() {
        assertThat(Pbkdf2Lanes.takes(new VerifierInput(new byte[64], new byte[51]))).isTrue();
        assertThat(Pbkdf2Lanes.takes(new VerifierInput(new byte[65], new byte[51]))).isFalse();
        assertThat(Pbkdf2Lanes.takes(new VerifierInput(new byte[64], new byte[52]))).isFalse();
    }
}
