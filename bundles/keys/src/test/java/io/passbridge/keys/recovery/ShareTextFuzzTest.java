/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.recovery;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.passbridge.keys.KeyException;
import java.nio.charset.StandardCharsets;

/** Whatever is typed as a share is one or is refused. */
class ShareTextFuzzTest {
    @FuzzTest
    void parse_anyText_isAShareOrRefused(byte[] text) {
        try {
            ShareText.parse(new String(text, StandardCharsets.ISO_8859_1), "a file");
        } catch (KeyException e) {
            if (e.kind() != KeyException.Kind.DAMAGED) {
                throw new AssertionError(e);
            }
        }
    }
}
