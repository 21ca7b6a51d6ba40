/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.health.Finding;
import io.passbridge.health.Finding.Severity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KarafInspectorTest {
    @TempDir private Path etc;

    private final Map<String, String> properties = new HashMap<>();

    private List<Finding> inspect() {
        return new KarafInspector(properties::get).inspect();
    }

    @Test
    void elsewhere_saysNothing() {
        assertThat(inspect()).isEmpty();
    }

    @Test
    void asItIsShipped_isToldWhatIsOpen_untilItIsClosed() throws Exception {
        Path history = Files.writeString(etc.resolve("history"), "keys:status\n");
        Files.setPosixFilePermissions(history, PosixFilePermissions.fromString("rw-r--r--"));
        Path users = Files.writeString(etc.resolve("users.properties"), "karaf = karaf,_g_:a\n");
        Path shell = etc.resolve("org.apache.karaf.shell.cfg");
        Files.writeString(shell, "sshPort = 8101\nsshHost = 0.0.0.0\n");
        properties.put("karaf.etc", etc.toString());
        properties.put("karaf.history", history.toString());
        assertThat(inspect())
                .extracting(Finding::text)
                .satisfiesExactly(
                        ssh -> assertThat(ssh).contains("SSH console", "0.0.0.0:8101"),
                        user -> assertThat(user).contains("that everybody knows"),
                        roles -> assertThat(roles).contains("may run every command"),
                        open -> assertThat(open).contains("read by others in " + history));

        Files.writeString(shell, "sshPort = 8101\nsshHost = 127.0.0.1\n");
        Files.writeString(users, "karaf = another one,_g_:a\n");
        Files.setPosixFilePermissions(history, PosixFilePermissions.fromString("rw-------"));
        properties.put("karaf.secured.command.compulsory.roles", "admin");
        assertThat(inspect()).extracting(Finding::severity).containsExactly(Severity.OK);
    }
}
