/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.passbridge.connector.host.ConnectorRegistry;
import io.passbridge.connector.host.ConnectorStatus;
import io.passbridge.connector.host.ConnectorStatus.Phase;
import io.passbridge.health.Finding;
import io.passbridge.health.Inspector;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.inject.Inject;
import org.junit.After;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.CoreOptions;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleWiring;

/** Connector bundles come, change and go in the deploy folder while they are being used. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class ConnectorHotSwapIT {
    private static final String JAR = "table.jar";
    private static final int NEWEST = 5;

    @Inject private BundleContext context;
    @Inject private ConnectorRegistry registry;

    private final Deployment deployment = new Deployment();

    @Configuration
    public Option[] container() throws Exception {
        Container container = Container.fresh("hot-swap");
        for (int version = 1; version <= NEWEST; version++) {
            Path jar = container.jars().resolve("table-" + version + ".jar");
            PluginJars.connector(jar, version + ".0.0");
        }
        PluginJars.unresolvable(container.jars().resolve("table-9.jar"));
        return CoreOptions.options(container.options());
    }

    @After
    public void clearDeployFolder() throws Exception {
        deployment.clear();
        Deployment.await("no instance is left", () -> registry.instances().isEmpty());
        Deployment.await("no connector is left", () -> plugin() == null);
    }

    private Bundle plugin() {
        return Deployment.bundle(context, PluginJars.CONNECTOR);
    }

    private ConnectorStatus status(String instance) {
        return registry.instance(instance).orElse(null);
    }

    private void awaitPhase(String instance, Phase... phases) throws Exception {
        Deployment.await(
                instance + " is " + Arrays.toString(phases),
                () ->
                        status(instance) != null
                                && List.of(phases).contains(status(instance).phase()));
    }

    private void awaitVersion(String instance, String version) throws Exception {
        Deployment.await(
                instance + " is served by version " + version,
                () ->
                        status(instance).bundle().endsWith(version)
                                && List.of(Phase.READY, Phase.ONLINE)
                                        .contains(status(instance).phase()));
    }

    private void configureSource(int rows) throws Exception {
        deployment.configure(
                "io.passbridge.connector.table-corp.cfg", "rows = " + rows, "latencyMillis = 5");
    }

    private Path configureTarget() throws Exception {
        Path applied = deployment.home().resolve("data/applied-" + System.nanoTime() + ".txt");
        deployment.configure(
                "io.passbridge.connector.table-cloud.cfg",
                "file = " + applied,
                "latencyMillis = 1");
        return applied;
    }

    @Test
    public void configurationWithoutItsBundle_isReportedUntilTheJarIsDropped() throws Exception {
        configureSource(10);
        awaitPhase("corp", Phase.NO_BUNDLE);

        deployment.drop("table-1.jar", JAR);
        awaitPhase("corp", Phase.READY);
        assertEquals("io.passbridge.itests.table 1.0.0", status("corp").bundle());
        assertTrue(status("corp").capabilities().contains("PasswordSource"));
        assertEquals("10", registry.settings("corp").get("rows"));
        awaitFinding("OK deploy/table.jar io.passbridge.itests.table 1.0.0 runs");
    }

    @Test
    public void updatedInPlaceWhileReading_nothingIsLostOrDoubled() throws Exception {
        int rows = 3_000;
        deployment.drop("table-1.jar", JAR);
        configureSource(rows);
        awaitPhase("corp", Phase.READY);

        try (Reader reader = new Reader(registry, "corp", 10)) {
            for (int version = 2; version <= NEWEST; version++) {
                reader.awaitProgress();
                deployment.drop("table-" + version + ".jar", JAR);
                awaitVersion("corp", version + ".0.0");
            }
            List<String> seen = reader.finish();
            assertEquals(IntStream.range(0, rows).mapToObj(i -> "u" + i).toList(), seen);
        }
    }

    @Test
    public void updatedInPlaceWhileWriting_nothingIsLostOrDoubled() throws Exception {
        int rows = 3_000;
        deployment.drop("table-1.jar", JAR);
        Path applied = configureTarget();
        awaitPhase("cloud", Phase.READY);

        try (Writer writer = new Writer(registry, "cloud", rows, 50)) {
            for (int version = 2; version <= NEWEST; version++) {
                writer.awaitProgress();
                deployment.drop("table-" + version + ".jar", JAR);
                awaitVersion("cloud", version + ".0.0");
            }
            writer.finish();
        }
        Deployment.assertComplete(applied, rows);
    }

    @Test
    public void removedWhileWriting_andPutBack_nothingIsLostOrDoubled() throws Exception {
        int rows = 2_000;
        deployment.drop("table-1.jar", JAR);
        Path applied = configureTarget();
        awaitPhase("cloud", Phase.READY);

        try (Writer writer = new Writer(registry, "cloud", rows, 50)) {
            for (int i = 0; i < 3; i++) {
                writer.awaitProgress();
                deployment.remove(JAR);
                awaitPhase("cloud", Phase.NO_BUNDLE);
                deployment.drop("table-2.jar", JAR);
                awaitVersion("cloud", "2.0.0");
            }
            writer.finish();
        }
        Deployment.assertComplete(applied, rows);
    }

    @Test
    public void fiftyUpdatesWhileReading_keepNoClassOfTheOldBundle() throws Exception {
        deployment.drop("table-1.jar", JAR);
        configureSource(1_000_000);
        awaitPhase("corp", Phase.READY);
        Bundle bundle = plugin();
        List<WeakReference<ClassLoader>> old = new ArrayList<>();
        try (Reader reader = new Reader(registry, "corp", 5)) {
            for (int i = 0; i < 50; i++) {
                reader.awaitProgress();
                String version = i % 2 == 0 ? "2" : "1";
                old.add(deployment.update(bundle, "table-" + version + ".jar"));
                awaitVersion("corp", version + ".0.0");
            }
            reader.awaitProgress();
        }
        Deployment.awaitCollected(old);
    }

    /** {@code -Ditests.updates=100} for the long form. */
    @Test
    public void updatesThroughTheFolder_keepNoClassOfTheOldBundle() throws Exception {
        configureSource(10);
        awaitPhase("corp", Phase.NO_BUNDLE);
        List<WeakReference<ClassLoader>> old = new ArrayList<>();
        for (int i = 0; i < Integer.getInteger("itests.updates", 5); i++) {
            deployment.drop("table-1.jar", JAR);
            awaitVersion("corp", "1.0.0");
            old.add(classes());
            deployment.drop("table-2.jar", JAR);
            awaitVersion("corp", "2.0.0");
            old.add(classes());
            deployment.remove(JAR);
            awaitPhase("corp", Phase.NO_BUNDLE);
        }
        Deployment.awaitCollected(old);
    }

    private WeakReference<ClassLoader> classes() {
        return new WeakReference<>(plugin().adapt(BundleWiring.class).getClassLoader());
    }

    @Test
    public void jarsThatCannotRun_areExplainedInWords() throws Exception {
        deployment.drop("table-9.jar", JAR);
        Path noJar = deployment.home().resolve("deploy/broken.jar");
        Files.writeString(noJar, "this is no jar");
        awaitFinding("ERROR deploy/broken.jar cannot be read as a jar");
        awaitFinding(
                "ERROR deploy/table.jar io.passbridge.itests.table 9.0.0 cannot be resolved: it"
                        + " needs package com.example.missing, which no bundle exports");
    }

    @Test
    public void jarCopiedInTwoHalves_isUsedOnceItIsWhole() throws Exception {
        configureSource(10);
        byte[] whole = Files.readAllBytes(deployment.home().resolve("jars/table-1.jar"));
        Path file = deployment.home().resolve("deploy").resolve(JAR);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        awaitFinding("ERROR deploy/table.jar cannot be read as a jar");
        awaitPhase("corp", Phase.NO_BUNDLE);

        Files.write(file, whole);
        awaitPhase("corp", Phase.READY);
        awaitFinding("OK deploy/table.jar io.passbridge.itests.table 1.0.0 runs");
    }

    @Test
    public void twoVersionsAtOnce_theNewerServesWhileItIsThere_andBothAreReported()
            throws Exception {
        deployment.drop("table-1.jar", JAR);
        configureSource(10);
        awaitPhase("corp", Phase.READY);
        deployment.drop("table-2.jar", "table-new.jar");
        Deployment.await(
                "the rival is reported",
                () ->
                        findings("connectors").stream()
                                .anyMatch(f -> f.text().contains("several bundles offer it")));
        awaitVersion("corp", "2.0.0");

        deployment.remove("table-new.jar");
        awaitVersion("corp", "1.0.0");
    }

    private void awaitFinding(String text) throws Exception {
        List<String> last = new ArrayList<>();
        try {
            Deployment.await(
                    text,
                    () -> {
                        last.clear();
                        findings("deploy folder")
                                .forEach(
                                        f ->
                                                last.add(
                                                        f.severity()
                                                                + " "
                                                                + f.subject()
                                                                + " "
                                                                + f.text()));
                        return last.stream().anyMatch(found -> found.startsWith(text));
                    });
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; found instead: " + last);
        }
    }

    private List<Finding> findings(String subject) throws Exception {
        List<Finding> found = new ArrayList<>();
        for (ServiceReference<Inspector> reference :
                context.getServiceReferences(Inspector.class, null)) {
            Inspector inspector = context.getService(reference);
            if (inspector.subject().equals(subject)) {
                found.addAll(inspector.inspect());
            }
            context.ungetService(reference);
        }
        return found;
    }

    @Test
    public void brokenOffWhileWriting_nothingIsLostOrDoubled() throws Exception {
        int rows = 600;
        deployment.configure("io.passbridge.connector.host.cfg", "drainSeconds = 1");
        deployment.drop("table-1.jar", JAR);
        Path applied = deployment.home().resolve("data/applied-slow.txt");
        deployment.configure(
                "io.passbridge.connector.table-cloud.cfg",
                "file = " + applied,
                "latencyMillis = 10");
        awaitPhase("cloud", Phase.READY);

        // a batch takes longer than the host waits: it is interrupted half-way
        try (Writer writer = new Writer(registry, "cloud", rows, 300)) {
            writer.awaitCall();
            deployment.drop("table-2.jar", JAR);
            awaitVersion("cloud", "2.0.0");
            writer.finish();
            assertTrue("a batch was broken off", writer.unknownOutcomes() > 0);
        }
        Deployment.assertComplete(applied, rows);
    }
}
