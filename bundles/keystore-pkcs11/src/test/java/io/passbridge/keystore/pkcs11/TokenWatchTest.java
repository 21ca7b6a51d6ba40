/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keystore.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.passbridge.credential.Secret;
import io.passbridge.keys.Protector;
import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

@Tag("softhsm")
@EnabledIf(
        value = "io.passbridge.keystore.pkcs11.SoftHsm#isInstalled",
        disabledReason = "NO SOFTHSM: the library is not installed, nothing was tested on a token")
class TokenWatchTest {
    @TempDir Path folder;
    private final AtomicReference<Object> service = new AtomicReference<>();

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
        Pkcs11Configuration configuration =
                (Pkcs11Configuration)
                        Proxy.newProxyInstance(
                                Pkcs11Configuration.class.getClassLoader(),
                                new Class<?>[] {Pkcs11Configuration.class, Annotation.class},
                                (proxy, method, arguments) ->
                                        method.getName().equals("pollSeconds")
                                                ? 1
                                                : values.getOrDefault(
                                                        method.getName(),
                                                        method.getDefaultValue()));
        return new TokenWatch(context(), configuration);
    }

    private BundleContext context() {
        Object registration =
                Proxy.newProxyInstance(
                        ServiceRegistration.class.getClassLoader(),
                        new Class<?>[] {ServiceRegistration.class},
                        (proxy, method, arguments) -> {
                            service.set(null);
                            return null;
                        });
        return (BundleContext)
                Proxy.newProxyInstance(
                        BundleContext.class.getClassLoader(),
                        new Class<?>[] {BundleContext.class},
                        (proxy, method, arguments) -> {
                            if (method.getName().equals("getProperty")) {
                                return folder.toString();
                            }
                            service.set(arguments[1]);
                            return registration;
                        });
    }
}
