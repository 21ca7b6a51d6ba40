/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.credential;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SecretTest {
    private static final String TEXT = "Pä$$wörd-日本-😀";

    @Test
    void close_wipesTheArrayThatWasHandedOver() {
        byte[] handed = {1, 2, 3};
        Secret.owning(handed).close();
        assertThat(handed).containsOnly(0);
    }

    @Test
    void use_afterClose_isRefused() {
        Secret secret = Secret.copyOf(new byte[] {1});
        secret.close();
        secret.close();
        assertThatThrownBy(() -> secret.use(bytes -> bytes.length))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void copyOf_leavesTheCallersArrayAlone() {
        byte[] mine = {1, 2, 3};
        Secret.copyOf(mine).close();
        assertThat(mine).containsExactly(1, 2, 3);
    }

    @Test
    void copy_outlivesTheOriginal() {
        Secret original = Secret.ofChars(TEXT.toCharArray());
        Secret copy = original.copy();
        original.close();
        assertThat(new String(copy.toChars())).isEqualTo(TEXT);
    }

    @Test
    void ofChars_holdsUtf8() {
        Secret secret = Secret.ofChars(TEXT.toCharArray());
        assertThat(secret.toBytes()).isEqualTo(TEXT.getBytes(UTF_8));
        assertThat(secret.toChars()).isEqualTo(TEXT.toCharArray());
        assertThat(secret.length()).isEqualTo(TEXT.getBytes(UTF_8).length);
    }

    @Test
    void sameAs_comparesContent() {
        Secret one = Secret.copyOf(new byte[] {1, 2});
        assertThat(one.sameAs(Secret.copyOf(new byte[] {1, 2}))).isTrue();
        assertThat(one.sameAs(Secret.copyOf(new byte[] {1, 3}))).isFalse();
        assertThat(one.sameAs(Secret.copyOf(new byte[] {1}))).isFalse();
    }

    @Test
    void text_showsNothing() {
        String canary = "canary-secret";
        assertThat(Secret.ofChars(canary.toCharArray()).toString()).doesNotContain("canary");
        assertThat(UserPassword.owning(("{SSHA}" + canary).getBytes(UTF_8)).toString())
                .doesNotContain("canary")
                .contains("SSHA");
        assertThat(new Digest("pph1", canary).toString()).doesNotContain("canary");
        assertThat(NtHash.owning(new byte[16]).toString()).isEqualTo("NtHash[redacted]");
    }
}
