/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.files.fingerprint.FingerprintKey;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
    @TempDir Path folder;

    @Test
    void write_replacesTheFile_andItsOwnerAloneMayUseIt() throws Exception {
        Path file = Files.writeString(folder.resolve("a"), "old and longer");
        Files.writeString(folder.resolve("a.new"), "left by a kill");
        WholeFile.write(file, out -> out.write("new".getBytes()));
        assertThat(file).hasContent("new");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(names()).containsExactly("a");
    }

    @Test
    void write_thatFails_leavesTheOldFileAndNothingElse() throws Exception {
        Path file = Files.writeString(folder.resolve("a"), "old");
        assertThatThrownBy(
                        () ->
                                WholeFile.write(
                                        file,
                                        out -> {
                                            out.write(new byte[100_000]);
                                            throw new IOException("disk full");
                                        }))
                .hasMessage("disk full");
        assertThat(file).hasContent("old");
        assertThat(names()).containsExactly("a");
    }

    @Test
    void rewrite_leavesModesAndLinksAsTheyAre() throws Exception {
        Path file = Files.writeString(folder.resolve("a"), "old and longer");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        WholeFile.rewrite(link, out -> out.write("new".getBytes()));
        assertThat(link).isSymbolicLink().hasContent("new");
        assertThat(file).hasContent("new");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r--r--");
        assertThat(names()).containsExactlyInAnyOrder("a", "link");
    }

    @Test
    void create_refusesWhatIsThere_andLeavesNothingHalf() throws Exception {
        Path file = Files.writeString(folder.resolve("a"), "mine");
        assertThatThrownBy(() -> WholeFile.create(file, out -> out.write(1)))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(file).hasContent("mine");
        assertThatThrownBy(
                        () ->
                                WholeFile.create(
                                        folder.resolve("b"),
                                        out -> {
                                            throw new IOException("disk full");
                                        }))
                .hasMessage("disk full");
        assertThat(names()).containsExactly("a");
    }

    private Stream<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }

    @Test
    void fingerprints_areTheSameAgain_untilTheKeyIsDamaged() throws Exception {
        Path file = folder.resolve("key");
        FingerprintKey key = FingerprintKey.in(file);
        byte[] first = key.begin().doFinal(new byte[] {1});
        assertThat(key.isFresh()).isTrue();
        FingerprintKey again = FingerprintKey.in(file);
        assertThat(again.isFresh()).isFalse();
        assertThat(again.begin().doFinal(new byte[] {1})).isEqualTo(first);
        Files.write(file, new byte[31]);
        FingerprintKey other = FingerprintKey.in(file);
        assertThat(other.isFresh()).isTrue();
        assertThat(other.begin().doFinal(new byte[] {1})).isNotEqualTo(first);
    }
}
