/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.fips;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.bouncycastle.crypto.fips.FipsStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are not the published module, each in a virtual machine of its own. */
class TamperedModuleTest {
    private static final String PUBLISHED = "org/bouncycastle/util/encoders/Hex.class";

    @TempDir private Path folder;

    /** What a virtual machine says of the module on its class path. */
    public static final class Report {
        public static void main(String[] args) {
            if (args[0].equals("own check")) {
                try {
                    System.out.println("ready " + FipsStatus.isReady());
                } catch (Throwable e) {
                    System.out.println("not ready: " + e.getMessage());
                }
            } else {
                System.out.println(new BouncyCastleFips().report(true));
            }
        }
    }

    @Test
    void modifiedJar_isRefusedByItsChecksum() throws Exception {
        assertThat(say("report", modified(), true))
                .contains("selfTest=FAILED")
                .contains("its SHA-256 is")
                .contains("put the file of the distribution back");
    }

    @Test
    void modifiedJar_isRefusedByTheModulesOwnCheckToo() throws Exception {
        assertThat(say("own check", modified(), true))
                .contains("not ready: ", "Module checksum failed: expected");
        assertThat(say("own check", published(), true)).contains("ready true");
    }

    @Test
    void moduleThatWouldPermitEverything_isRefused() throws Exception {
        assertThat(say("report", published(), false))
                .contains("selfTest=FAILED")
                .contains("not in approved-only mode")
                .contains("-Dorg.bouncycastle.fips.approved_only=true");
    }

    private static Path published() throws Exception {
        return Path.of(
                FipsStatus.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /** The published jar with one byte of one class changed. */
    private Path modified() throws Exception {
        Path jar = folder.resolve("bc-fips.jar");
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(published()));
                OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream out = new ZipOutputStream(file)) {
            out.setLevel(1);
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                out.putNextEntry(new ZipEntry(entry.getName()));
                byte[] bytes = in.readAllBytes();
                if (entry.getName().equals(PUBLISHED)) {
                    bytes[bytes.length - 1] ^= 1;
                }
                out.write(bytes);
            }
        }
        return jar;
    }

    private String say(String what, Path module, boolean approvedOnly)
            throws IOException, InterruptedException {
        String rest =
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(part -> !part.contains("bc-fips"))
                        .collect(Collectors.joining(File.pathSeparator));
        Process process =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-XX:TieredStopAtLevel=1",
                                        "-Dorg.bouncycastle.fips.approved_only=" + approvedOnly,
                                        "-cp",
                                        module + File.pathSeparator + rest,
                                        Report.class.getName(),
                                        what))
                        .redirectErrorStream(true)
                        .start();
        try (InputStream out = process.getInputStream()) {
            String said = new String(out.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            process.waitFor();
            return said;
        }
    }
}
