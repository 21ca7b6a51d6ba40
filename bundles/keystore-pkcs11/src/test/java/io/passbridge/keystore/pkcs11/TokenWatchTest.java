/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keystore.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.passbridge.credential.Secret;
import io.passbridge.hash.module.PlatformCryptography;
import io.passbridge.itests.framework.GivenValues;
import io.passbridge.itests.framework.OneService;
import io.passbridge.keys.Protector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@Tag("softhsm")
@EnabledIf(
        value = "io.passbridge.keystore.pkcs11.SoftHsm#isInstalled",
        disabledReason = "NO SOFTHSM: the library is not installed, nothing was tested on a token")
class TokenWatchTest {
    @TempDir Path folder;
    private final OneService service = new OneService(() -> folder.toString());

    @BeforeAll
    static void prepare() throws Exception {
        SoftHsm.prepare();
    }

    @Test
    void protector_comesAndGoesWithTheToken() throws Exception {
        String slot = SoftHsm.token("late");
        Path library = folder.resolve("token.so");
        TokenWatch watch = watch(Map.of("library", library.toString(), "slot", slot));
        await().until(() -> text(watch).contains("there is no library " + library));
        assertThat(service.get()).isNull();

        Files.copy(SoftHsm.LIBRARY, library);
        await().until(() -> service.get() != null);
        assertThat(text(watch)).contains("is there and needs its user PIN");
        Protector protector = (Protector) service.get();
        try (Secret pin = Secret.ofChars(SoftHsm.PIN.toCharArray());
                Secret root = Secret.owning(new byte[32])) {
            byte[] wrapped = protector.protect(root, "set", Optional.of(pin));
            protector.open(wrapped, "set", Optional.of(pin)).close();
        }

        Files.delete(library);
        await().until(() -> service.get() == null);
        watch.close();
    }

    @Test
    void tokenThatIsMadeLater_isNoticed() throws Exception {
        Path library = folder.resolve("token.so");
        Files.copy(SoftHsm.LIBRARY, library);
        TokenWatch watch = watch(Map.of("library", library.toString(), "tokenLabel", "made later"));
        await().until(() -> text(watch).contains("the token 'made later'"));
        assertThat(service.get()).isNull();
        SoftHsm.token("made later");
        await().until(() -> service.get() != null);
        watch.close();
    }

    @Test
    void close_takesTheProtectorAway() throws Exception {
        String slot = SoftHsm.token("closing");
        Path library = folder.resolve("token.so");
        Files.copy(SoftHsm.LIBRARY, library);
        TokenWatch watch = watch(Map.of("library", library.toString(), "slot", slot));
        await().until(() -> service.get() != null);
        watch.close();
        assertThat(service.get()).isNull();
    }

    private static String text(TokenWatch watch) {
        return watch.inspect().get(0).text();
    }

    private TokenWatch watch(Map<String, Object> values) {
        Map<String, Object> all = new HashMap<>(Map.of("pollSeconds", 1));
        all.putAll(values);
        return new TokenWatch(
                service.context(),
                GivenValues.of(Pkcs11Configuration.class, all),
                new PlatformCryptography());
    }
}
