/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskFolderTest {
    @TempDir Path base;
    private boolean mounted;

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            run("umount", base.resolve("tiny").toString());
        }
    }

    @Test
    void create_newFolder_isReachableByItsOwnerAlone() throws IOException {
        DiskFolder folder = new DiskFolder(base.resolve("keys"));
        folder.create("a", new byte[] {1});
        assertThat(mode(base.resolve("keys"))).isEqualTo("rwx------");
        assertThat(mode(base.resolve("keys/a"))).isEqualTo("rw-------");
    }

    @Test
    void rename_overAFile_replacesIt() throws IOException {
        DiskFolder folder = new DiskFolder(base);
        folder.create("a", new byte[] {1});
        folder.create("b", new byte[] {2});
        folder.rename("a", "b");
        assertThat(folder.read("a")).isEmpty();
        assertThat(folder.read("b").orElseThrow()).containsExactly(1);
    }

    @Test
    void publish_overAFile_isRefusedAndLeavesIt() throws IOException {
        DiskFolder folder = new DiskFolder(base);
        folder.create("a", new byte[] {1});
        folder.create("b", new byte[] {2});
        assertThatThrownBy(() -> folder.publish("a", "b"))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(folder.read("b").orElseThrow()).containsExactly(2);
        folder.publish("a", "c");
        assertThat(folder.read("a")).isEmpty();
    }

    @Test
    void read_oversizedFile_isRefusedUnread() throws IOException {
        Files.write(base.resolve("a"), new byte[KeySetFormat.MAX_LENGTH + 1]);
        assertThatThrownBy(() -> new DiskFolder(base).read("a"))
                .hasMessageContaining("too long for a key set");
        Files.write(base.resolve("b"), new byte[KeySetFormat.MAX_LENGTH]);
        assertThat(new DiskFolder(base).read("b")).isPresent();
        assertThat(new DiskFolder(base).describe("b")).isEqualTo(base.resolve("b").toString());
    }

    @Test
    void create_diskReallyFull_failsAndLeavesTheOldFile() throws Exception {
        Path tiny = tiny("rw");
        DiskFolder folder = new DiskFolder(tiny);
        folder.create("keyset.pbks", new byte[1_000]);
        assertThatThrownBy(() -> folder.create("keyset.new", new byte[100_000]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("No space left");
        assertThat(folder.read("keyset.pbks")).isPresent();
        assertThat(folder.read("keyset.new")).isEqualTo(Optional.empty());
    }

    @Test
    void create_readOnlyFileSystem_failsAndSaysSo() throws Exception {
        Path tiny = tiny("rw");
        new DiskFolder(tiny).create("keyset.pbks", new byte[1_000]);
        assumeTrue(run("mount", "-o", "remount,ro", tiny.toString()), "cannot remount");
        assertThatThrownBy(() -> new DiskFolder(tiny).create("keyset.new", new byte[10]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Read-only");
        assertThat(new DiskFolder(tiny).read("keyset.pbks")).isPresent();
    }

    /** A file system of 64 KiB; needs the right to mount, and says so loudly if it has not. */
    private Path tiny(String mode) throws Exception {
        Path tiny = Files.createDirectory(base.resolve("tiny"));
        mounted = run("mount", "-t", "tmpfs", "-o", "size=64k," + mode, "tmpfs", tiny.toString());
        if (!mounted) {
            System.err.println("SKIPPED: a full disk cannot be tested without the right to mount");
        }
        assumeTrue(mounted, "cannot mount a tmpfs");
        return tiny;
    }

    private static boolean run(String... command) throws Exception {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
