/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.sealed;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.passbridge.credential.Secret;
import io.passbridge.hash.module.PlatformCryptography;
import io.passbridge.keys.Binding;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.SealedValue;

/** Whatever stands where a sealed value should, opening it is refused in an orderly way. */
class SealedValueFuzzTest {
    private static final Binding BINDING = new Binding("account", "connector corp", "secret");

    private final ValueCipher cipher = new ValueCipher(new PlatformCryptography());

    @FuzzTest
    void open_anyBytes_areRefused(byte[] bytes) {
        try (Secret key = Secret.owning(new byte[32])) {
            SealedHeader header = SealedHeader.of(bytes);
            cipher.open(header, SealedValue.of(bytes), key, BINDING).close();
            throw new AssertionError("a value that nobody sealed opened");
        } catch (KeyException e) {
            if (e.kind() != KeyException.Kind.REFUSED) {
                throw new AssertionError(e);
            }
        }
    }
}
