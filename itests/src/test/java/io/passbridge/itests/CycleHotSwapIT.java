/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests;

import static org.junit.Assert.assertEquals;

import io.passbridge.connector.host.ConnectorRegistry;
import io.passbridge.connector.host.ConnectorStatus;
import io.passbridge.connector.host.ConnectorStatus.Phase;
import io.passbridge.store.Standing;
import io.passbridge.sync.RouteStatus;
import io.passbridge.sync.Synchronization;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
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

/** Connector and digest scheme bundles are swapped under the cycles of the real engine. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class CycleHotSwapIT {
    private static final String CONNECTOR = "table.jar";
    private static final String SCHEME = "scheme.jar";

    @Inject private BundleContext context;

    /** Waited for before the tests begin; the tests look them up anew, since they are swapped. */
    @Inject private ConnectorRegistry firstRegistry;

    @Inject private Synchronization firstSynchronization;

    private final Deployment deployment = new Deployment();

    @Configuration
    public Option[] container() throws Exception {
        Container container = Container.fresh("cycle-hot-swap").unlocked();
        for (String version : List.of("1", "2")) {
            PluginJars.connector(
                    container.jars().resolve("table-" + version + ".jar"), version + ".0.0");
            PluginJars.scheme(
                    container.jars().resolve("scheme-" + version + ".jar"), version + ".0.0");
        }
        return CoreOptions.options(container.options());
    }

    @After
    public void clear() throws Exception {
        deployment.clear();
        Deployment.await("no instance is left", () -> registry().instances().isEmpty());
        Deployment.await("no route is left", () -> synchronization().routes().isEmpty());
        Deployment.await(
                "no bundle of the test is left",
                () ->
                        Deployment.bundle(context, PluginJars.CONNECTOR) == null
                                && Deployment.bundle(context, PluginJars.SCHEME) == null);
    }

    private ConnectorRegistry registry() throws Exception {
        return service(ConnectorRegistry.class);
    }

    private Synchronization synchronization() throws Exception {
        return service(Synchronization.class);
    }

    private <S> S service(Class<S> type) throws Exception {
        Deployment.await(
                "there is a " + type.getSimpleName(),
                () -> context.getServiceReference(type) != null);
        return context.getService(context.getServiceReference(type));
    }

    /** A source of that many users, a target, and a route between them that runs every second. */
    private Path configure(String route, int rows) throws IOException {
        Path applied = deployment.home().resolve("data/applied-" + route + ".txt");
        deployment.configure(
                "io.passbridge.connector.table-" + route + "src.cfg",
                "rows = " + rows,
                "latencyMillis = 10");
        deployment.configure(
                "io.passbridge.connector.table-" + route + "dst.cfg",
                "file = " + applied,
                "latencyMillis = 1");
        deployment.configure(
                "io.passbridge.route-" + route + ".cfg",
                "source = " + route + "src",
                "target = " + route + "dst",
                "digest = constant",
                "pageSize = 50",
                "cycleSeconds = 1");
        return applied;
    }

    private static long lines(Path file) throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        }
    }

    private static void awaitMore(Path applied, int more) throws Exception {
        long goal = lines(applied) + more;
        Deployment.await("more is written to " + applied, () -> lines(applied) >= goal);
    }

    private void awaitVersion(String route, String version) throws Exception {
        Deployment.await(
                "both ends are served by version " + version,
                () -> isServedBy(route + "src", version) && isServedBy(route + "dst", version));
    }

    private boolean isServedBy(String instance, String version) throws Exception {
        ConnectorStatus status = registry().instance(instance).orElse(null);
        return status != null
                && status.bundle().endsWith(version + ".0.0")
                && List.of(Phase.READY, Phase.ONLINE).contains(status.phase());
    }

    private void awaitDone(String route, Path applied, int rows) throws Exception {
        Deployment.await("every user is written", () -> lines(applied) >= rows);
        Deployment.await(
                "the full run is over",
                () ->
                        synchronization()
                                .route(route)
                                .filter(s -> !s.fullRun())
                                .map(RouteStatus::phase)
                                .filter(RouteStatus.Phase.IDLE::equals)
                                .isPresent());
        Deployment.assertComplete(applied, rows);
        assertEquals(
                0L,
                synchronization()
                        .route(route)
                        .orElseThrow()
                        .counts()
                        .orElseThrow()
                        .of(Standing.WAITING));
    }

    @Test
    public void connectorDroppedUpdatedAndRemovedUnderCycles_nothingIsLostOrDoubled()
            throws Exception {
        int rows = 4_000;
        Path applied = configure("swap", rows);
        deployment.drop("scheme-1.jar", SCHEME);
        Deployment.await("the route waits", () -> synchronization().route("swap").isPresent());

        deployment.drop("table-1.jar", CONNECTOR);
        awaitMore(applied, 100);
        deployment.drop("table-2.jar", CONNECTOR);
        awaitVersion("swap", "2");
        awaitMore(applied, 100);
        deployment.remove(CONNECTOR);
        Deployment.await(
                "it is gone",
                () -> registry().instance("swapdst").orElseThrow().phase() == Phase.NO_BUNDLE);
        deployment.drop("table-1.jar", CONNECTOR);
        awaitMore(applied, 100);

        awaitDone("swap", applied, rows);
    }

    @Test
    public void digestSchemeSwappedAndRemovedUnderCycles_nothingIsLostOrDoubled() throws Exception {
        int rows = 4_000;
        deployment.drop("table-1.jar", CONNECTOR);
        deployment.drop("scheme-1.jar", SCHEME);
        Path applied = configure("scheme", rows);

        awaitMore(applied, 100);
        deployment.drop("scheme-2.jar", SCHEME);
        Deployment.await("it is updated", () -> schemeVersion().startsWith("2"));
        awaitMore(applied, 100);
        deployment.remove(SCHEME);
        Deployment.await("it is gone", () -> Deployment.bundle(context, PluginJars.SCHEME) == null);
        deployment.drop("scheme-1.jar", SCHEME);
        awaitMore(applied, 100);

        awaitDone("scheme", applied, rows);
    }

    private String schemeVersion() {
        Bundle bundle = Deployment.bundle(context, PluginJars.SCHEME);
        return bundle == null || bundle.getState() != Bundle.ACTIVE
                ? ""
                : bundle.getVersion().toString();
    }

    @Test
    public void platformBundlesUpdatedUnderCycles_nothingIsLostOrDoubled() throws Exception {
        int rows = 5_000;
        deployment.drop("table-1.jar", CONNECTOR);
        deployment.drop("scheme-1.jar", SCHEME);
        Path applied = configure("own", rows);
        for (String name :
                List.of("keystore.passphrase", "hash", "connector.host", "keys", "scheduler")) {
            awaitMore(applied, 100);
            Deployment.bundle(context, "io.passbridge." + name).update();
        }
        awaitDone("own", applied, rows);
    }

    @Test
    public void fiftyUpdatesOfBothUnderCycles_keepNoClassOfTheOldBundles() throws Exception {
        deployment.drop("table-1.jar", CONNECTOR);
        deployment.drop("scheme-1.jar", SCHEME);
        Path applied = configure("leak", 1_000_000);
        awaitMore(applied, 10);
        Bundle connector = Deployment.bundle(context, PluginJars.CONNECTOR);
        Bundle scheme = Deployment.bundle(context, PluginJars.SCHEME);
        List<WeakReference<ClassLoader>> old = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            String version = i % 2 == 0 ? "2" : "1";
            old.add(deployment.update(scheme, "scheme-" + version + ".jar"));
            old.add(deployment.update(connector, "table-" + version + ".jar"));
            awaitVersion("leak", version);
            if (i % 10 == 0) {
                awaitMore(applied, 10);
            }
        }
        awaitMore(applied, 10);
        Deployment.awaitCollected(old);
    }
}
