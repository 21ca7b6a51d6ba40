/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The package of Debian: installed, used by root, upgraded, removed and purged on this machine. */
@Tag("live")
class DebianPackageIT {
    private static final Path ETC = Path.of("/etc/passbridge");
    private static final Path STATE = Path.of("/var/lib/passbridge");
    private static final String OPTION = "-Dof.the.administrator=kept";

    @TempDir Path folder;
    private boolean begun;

    @AfterEach
    void leaveNothing() throws Exception {
        if (begun) {
            ran("dpkg", "--purge", "passbridge");
            ran("rm", "-rf", ETC.toString(), STATE.toString());
            ran("userdel", "passbridge");
        }
    }

    @Test
    void installed_upgraded_removedAndPurged() throws Exception {
        assumeTrue(
                System.getProperty("user.name").equals("root")
                        && Files.isExecutable(Path.of("/usr/bin/dpkg"))
                        && Files.notExists(Path.of("/run/systemd/system")),
                "NOT TESTED: installs a package, which needs root, dpkg and no systemd");
        assumeTrue(
                Files.notExists(ETC) && Files.notExists(STATE),
                "NOT TESTED: this machine has a Passbridge of its own");
        begun = true;
        Path built = built();
        install(built);
        assertThat(done("stat", "-c", "%U %a", ETC.toString())).startsWith("passbridge 750");
        assertThat(done("stat", "-c", "%U %a", STATE.toString())).startsWith("passbridge 700");

        Files.writeString(
                ETC.resolve("io.passbridge.connector.directory-cloud.cfg"), "signInPort = 0\n");
        done("passbridge", "start");
        assertThat(done("passbridge", "status")).contains("unlocked", "/var/lib/passbridge/data");
        assertThat(Files.getOwner(process()).getName()).isEqualTo("passbridge");
        done("passbridge", "config", "wait");
        assertThat(done("passbridge", "connector", "list")).contains("cloud", "directory");
        fileOfAnotherUser();
        assertThat(done("miiskmu", "/?")).contains("miiskmu /e FILE");
        String keySet = keySet();

        Files.writeString(
                ETC.resolve("jvm.options"), "\n" + OPTION + "\n", StandardOpenOption.APPEND);
        install(newer(built));
        assertThat(done("passbridge", "status")).as("it ran before").contains("unlocked");
        assertThat(keySet()).isEqualTo(keySet);
        assertThat(ETC.resolve("jvm.options")).content().contains(OPTION);

        Path process = process();
        done("dpkg", "--remove", "passbridge");
        assertThat(process).as("it is stopped").doesNotExist();
        assertThat(STATE.resolve("data/keys/keyset.pbks")).exists();
        install(built);
        done("passbridge", "start");
        assertThat(keySet()).as("what was removed comes back").isEqualTo(keySet);

        assertThat(ran("dpkg", "--purge", "passbridge").text()).contains("stay, with the key set");
        assertThat(STATE.resolve("data/keys/keyset.pbks")).exists();
        install(built);
        Path answer = folder.resolve("answer");
        Files.writeString(answer, "passbridge passbridge/purge-data boolean true\n");
        done("debconf-set-selections", answer.toString());
        done("dpkg", "--purge", "passbridge");
        assertThat(STATE).doesNotExist();
        assertThat(ETC).doesNotExist();
        assertThat(ran("getent", "passwd", "passbridge").status()).isNotZero();
    }

    /** Root reads everything, so that only here a file can be closed to the platform. */
    private void fileOfAnotherUser() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path people = Files.writeString(folder.resolve("people.ldif"), "");
        Files.setPosixFilePermissions(people, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(
                ETC.resolve("io.passbridge.connector.ldif-people.cfg"), "path = " + people + "\n");
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () ->
                                assertThat(done("passbridge", "connector", "list", "--json"))
                                        .contains("offline", "may not be read by the user"));
    }

    private static Path built() throws Exception {
        Path target = Path.of(System.getProperty("distribution")).normalize().getParent();
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.toString().endsWith("_all.deb"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** The same package as a later version. */
    private Path newer(Path built) throws Exception {
        Path unpacked = folder.resolve("unpacked");
        done("dpkg-deb", "-R", built.toString(), unpacked.toString());
        Path control = unpacked.resolve("DEBIAN/control");
        Files.writeString(
                control,
                Files.readString(control).replaceAll("(?m)^Version: .*$", "Version: 999.0"));
        Files.setPosixFilePermissions(
                unpacked.resolve("DEBIAN"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Path newer = folder.resolve("newer.deb");
        done("dpkg-deb", "-Zgzip", "-z1", "-b", unpacked.toString(), newer.toString());
        return newer;
    }

    /** Java need not come from a package here. */
    private static void install(Path file) throws Exception {
        done("dpkg", "--force-depends", "--force-downgrade", "--install", file.toString());
    }

    private static String keySet() throws Exception {
        return done("passbridge", "keys", "status")
                .lines()
                .filter(line -> line.startsWith("key set"))
                .findFirst()
                .orElseThrow();
    }

    private static Path process() throws Exception {
        return done("passbridge", "status")
                .lines()
                .filter(line -> line.startsWith("Process"))
                .map(line -> Path.of("/proc", line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    private static String done(String... command) throws Exception {
        Ran ran = ran(command);
        assertThat(ran.status()).as("%s: %s", List.of(command), ran.text()).isZero();
        return ran.out();
    }

    private static Ran ran(String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
        builder.environment()
                .keySet()
                .removeIf(name -> name.matches("PASSBRIDGE_(ETC|DATA|DEPLOY)"));
        return Installation.run(builder, "");
    }
}
