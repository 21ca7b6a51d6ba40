/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.passbridge.crypto.CryptographicModule;
import io.passbridge.crypto.Cryptography;
import io.passbridge.crypto.ModuleRefusedException;
import io.passbridge.store.Standing;
import io.passbridge.sync.Synchronization;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.Security;
import java.util.List;
import java.util.stream.Stream;
import javax.inject.Inject;
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
import org.osgi.framework.wiring.BundleWiring;

/** The module that computes is swapped under cycles, and is what it says. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class FipsSwapIT {
    private static final int ROWS = 6_000;
    private static final int SWAPS = 50;
    private static final String POLICY = "io.passbridge.fips.cfg";
    private static final String MODULE = "io.passbridge.hash.fips";

    @Inject private BundleContext context;
    @Inject private Cryptography cryptography;
    @Inject private Synchronization synchronization;

    private final Deployment deployment = new Deployment();

    @Configuration
    public Option[] container() throws Exception {
        Container container = Container.fresh("fips-swap").unlocked();
        PluginJars.connector(container.jars().resolve("table.jar"), "1.0.0");
        return CoreOptions.options(container.options());
    }

    private void enforce(boolean on) throws Exception {
        deployment.configure(POLICY, "enforce = " + (on ? "on" : "off"));
        Deployment.await("the policy is " + on, () -> cryptography.report(false).enforced() == on);
    }

    private static long lines(Path file) throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        }
    }

    @Test
    public void swappedUnderCycles_nothingIsLost_andNoClassIsKept() throws Exception {
        Path applied = deployment.home().resolve("data/applied.txt");
        deployment.drop("table.jar", "table.jar");
        deployment.configure("io.passbridge.hash.pph2.cfg", "iterations = 1000");
        deployment.configure(
                "io.passbridge.connector.table-src.cfg", "rows = " + ROWS, "latencyMillis = 10");
        deployment.configure(
                "io.passbridge.connector.table-dst.cfg", "file = " + applied, "latencyMillis = 1");
        deployment.configure(
                "io.passbridge.route-swap.cfg",
                "source = src",
                "target = dst",
                "digest = pph2",
                "pageSize = 50",
                "cycleSeconds = 1");
        Deployment.await("it runs", () -> lines(applied) > 100);

        for (int i = 0; i < SWAPS; i++) {
            enforce(i % 2 == 0);
        }
        Deployment.await("every user is written", () -> lines(applied) >= ROWS);
        Deployment.await(
                "nobody waits",
                () ->
                        synchronization
                                .route("swap")
                                .flatMap(status -> status.counts())
                                .filter(counts -> counts.of(Standing.WAITING) == 0)
                                .isPresent());
        Deployment.assertComplete(applied, ROWS);

        enforce(true);
        approvedOnly(cryptography.module());
        withoutTheModule();
    }

    /** MD5 is there in this virtual machine, and refused by the module. */
    private static void approvedOnly(CryptographicModule module) throws Exception {
        byte[] some = "some".getBytes(StandardCharsets.US_ASCII);
        assertEquals(16, MessageDigest.getInstance("MD5").digest(some).length);
        for (String refused : List.of("MD5", "MD4")) {
            assertThrows(IllegalArgumentException.class, () -> module.digest(refused));
        }
        assertThrows(IllegalArgumentException.class, () -> module.cipher("DES/ECB/NoPadding"));
        assertArrayEquals(
                MessageDigest.getInstance("SHA-256").digest(some),
                module.digest("SHA-256").digest(some));
        assertNull("registered with the virtual machine", Security.getProvider("BCFIPS"));
    }

    /** Its bundle goes and comes; without it nothing else takes its place, and nothing stays. */
    private void withoutTheModule() throws Exception {
        Bundle bundle = Deployment.bundle(context, MODULE);
        WeakReference<ClassLoader> first = loader(bundle);
        bundle.stop();
        assertThrows(ModuleRefusedException.class, cryptography::module);
        bundle.start();
        Deployment.await("the module is back", () -> cryptography.module().isFit());
        bundle.update();
        Deployment.await("the new module computes", () -> computes());
        assertTrue(loader(bundle).get() != first.get());
        Deployment.awaitCollected(List.of(first));
    }

    private boolean computes() {
        try {
            return cryptography.module().isFit();
        } catch (ModuleRefusedException e) {
            return false;
        }
    }

    private static WeakReference<ClassLoader> loader(Bundle bundle) {
        return new WeakReference<>(bundle.adapt(BundleWiring.class).getClassLoader());
    }
}
