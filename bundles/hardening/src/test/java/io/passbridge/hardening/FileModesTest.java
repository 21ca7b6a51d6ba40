/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hardening;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.health.Finding;
import io.passbridge.health.Finding.Severity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no file modes")
class FileModesTest {
    @TempDir Path temp;
    private Path folder;
    private Path file;

    @BeforeEach
    void files() throws Exception {
        folder = Files.createDirectory(temp.resolve("data"));
        file = Files.writeString(folder.resolve("keys"), "x");
        modes("rwxr-xr-x", "rw-------");
    }

    private void modes(String ofFolder, String ofFile) throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(ofFolder));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(ofFile));
    }

    @Test
    void properModes_areFine() {
        assertThat(FileModes.secret("data files", folder).severity()).isEqualTo(Severity.OK);
        assertThat(FileModes.trusted("data files", folder).severity()).isEqualTo(Severity.OK);
    }

    @Test
    void secretFileThatOthersMayRead_isNamed() throws Exception {
        modes("rwxr-xr-x", "rw-r--r--");
        Finding finding = FileModes.secret("data files", folder);
        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.text()).startsWith("1 of 2 files").endsWith(file.toString());
        assertThat(finding.remedy()).isEqualTo("chmod -R go-rwx " + folder);
    }

    @Test
    void closedFolder_guardsWhatIsInIt() throws Exception {
        modes("rwx------", "rw-rw-rw-");
        assertThat(FileModes.secret("data files", folder).severity()).isEqualTo(Severity.OK);
    }

    @Test
    void codeThatOthersMayWrite_isNamed() throws Exception {
        modes("rwxr-xr-x", "rw-rw-r--");
        Finding finding = FileModes.trusted("bundles", folder);
        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.text()).contains("make the platform run what they like");
        modes("rwxr-xr-x", "rw-r--r--");
        assertThat(FileModes.trusted("bundles", folder).severity()).isEqualTo(Severity.OK);
    }

    @Test
    void folderThatOthersMayWrite_isNamed() throws Exception {
        modes("rwxrwxrwx", "rw-------");
        assertThat(FileModes.trusted("deploy", folder).text()).contains(folder.toString());
    }

    @Test
    void linkTargets_areNotFollowed() throws Exception {
        Path outside = Files.writeString(temp.resolve("outside"), "x");
        Files.setPosixFilePermissions(outside, PosixFilePermissions.fromString("rw-rw-rw-"));
        Files.createSymbolicLink(folder.resolve("link"), outside);
        assertThat(FileModes.trusted("deploy", folder).severity()).isEqualTo(Severity.OK);
    }

    @Test
    void missingFolder_isFine() {
        assertThat(FileModes.secret("data files", temp.resolve("none")).severity())
                .isEqualTo(Severity.OK);
    }
}
