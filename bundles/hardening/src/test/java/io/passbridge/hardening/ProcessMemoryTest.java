/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hardening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.passbridge.health.Finding;
import io.passbridge.health.Finding.Severity;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ProcessMemoryTest {
    @Test
    @EnabledOnOs(OS.LINUX)
    void close_keepsOtherProcessesOut() throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx64m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                ClosedProcess.class.getName())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (BufferedReader output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(output.readLine()).startsWith("OK closed to other processes");
            Path environment = Path.of("/proc", Long.toString(process.pid()), "environ");
            if (!System.getProperty("user.name").equals("root")) {
                assertThatThrownBy(() -> Files.readAllBytes(environment))
                        .isInstanceOf(AccessDeniedException.class);
            }
            process.getOutputStream().close();
            assertThat(output.readLine()).startsWith("WARNING other processes");
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void heapDumps_areSwitchedOff() {
        var machine = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        machine.setVMOption("HeapDumpOnOutOfMemoryError", "true");
        Finding finding = HeapDumps.off();
        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.text()).startsWith("HeapDumpOnOutOfMemoryError was on");
        assertThat(machine.getVMOption("HeapDumpOnOutOfMemoryError").getValue()).isEqualTo("false");
        assertThat(HeapDumps.off().severity()).isEqualTo(Severity.OK);
        assertThat(HeapDumps.onRequest().remedy()).contains("-XX:+DisableAttachMechanism");
    }
}
