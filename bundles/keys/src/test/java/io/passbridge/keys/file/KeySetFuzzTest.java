/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.file;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.passbridge.credential.Secret;
import io.passbridge.hash.module.PlatformModule;
import io.passbridge.keys.KeyException;

/** Whatever a file holds, reading it ends in a key set or in an orderly refusal. */
class KeySetFuzzTest {
    @FuzzTest
    void read_anyFile_isAKeySetOrRefused(byte[] file) {
        try (Secret root = Secret.owning(new byte[32])) {
            KeySetFormat.read(file, "the file").open(root, new PlatformModule()).wipe();
        } catch (KeyException e) {
            if (e.kind() != KeyException.Kind.DAMAGED) {
                throw new AssertionError(e);
            }
        }
    }
}
