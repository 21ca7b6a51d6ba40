/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.passbridge.connector.AccountSource;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorFactory;
import io.passbridge.connector.host.ConnectorStatus.Phase;
import io.passbridge.connector.supervision.session.Candidate;
import io.passbridge.credential.SourceAnchor;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Version;

class HotSwapLeakTest {
    private static final String PLUGIN = "io.passbridge.connector.supervision.plugin.";
    private static final int UPDATES = 50;

    @TempDir Path folder;

    @Test
    void fiftyUpdates_ofABundleWithBadManners_keepNoneOfItsClassLoaders() throws Exception {
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        List<Throwable> kept = new ArrayList<>();
        try (HostFixture host = new HostFixture(folder)) {
            host.slot.updated(HostFixture.CORP, Map.of());
            for (int i = 0; i < UPDATES; i++) {
                loaders.add(update(host, i, kept));
            }
            assertThat(host.phase()).isEqualTo(Phase.NO_BUNDLE);
            assertThat(kept).hasSize(2 * UPDATES);

            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(50))
                    .untilAsserted(
                            () -> {
                                System.gc();
                                assertThat(loaders).allMatch(loader -> loader.get() == null);
                            });
        }
    }

    private WeakReference<ClassLoader> update(HostFixture host, int number, List<Throwable> kept)
            throws Exception {
        ClassLoader loader = new PluginLoader();
        ConnectorFactory factory =
                (ConnectorFactory)
                        loader.loadClass(PLUGIN + "LeakyFactory")
                                .getDeclaredConstructor()
                                .newInstance();
        assertThat(factory.getClass().getClassLoader()).isSameAs(loader);
        Candidate candidate =
                new Candidate(
                        factory,
                        factory.descriptor(),
                        "leaky",
                        new Version(1, 0, number),
                        0,
                        number);
        host.slot.offer(candidate);
        kept.add(
                catchThrowableOfType(
                        ConnectorException.class,
                        () -> host.corp().call(AccountSource.class, s -> s.find("anna"))));
        kept.add(
                catchThrowableOfType(
                        ConnectorException.class,
                        () ->
                                host.corp()
                                        .call(
                                                AccountSource.class,
                                                s -> s.accounts(List.<SourceAnchor>of()))));
        host.slot.withdraw(candidate);
        return new WeakReference<>(loader);
    }

    /** Loads the plug-in's package anew, everything else from the test's own loader. */
    private static final class PluginLoader extends ClassLoader {
        PluginLoader() {
            super(HotSwapLeakTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            return name.startsWith(PLUGIN) ? own(name) : super.loadClass(name, resolve);
        }

        private Class<?> own(String name) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded != null) {
                    return loaded;
                }
                try (InputStream in =
                        getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                    byte[] bytes = in.readAllBytes();
                    return defineClass(name, bytes, 0, bytes.length);
                } catch (IOException e) {
                    throw new ClassNotFoundException(name, e);
                }
            }
        }
    }
}
