/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.WString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The far side of the seam: the calls as they arrive in a library with the names of advapi32. */
class WindowsEventSourceTest {
    private static final int FULL = 1502;

    private static Control standIn;

    /** What the tests tell and ask the stand-in. */
    interface Control extends Library {
        void standin_fail(int code);

        int standin_type();

        int standin_number();

        int standin_reports();

        int standin_open();

        WString standin_source();

        WString standin_text();
    }

    @BeforeAll
    static void build() throws Exception {
        assumeThat(System.getProperty("os.name")).as("NOT TESTED elsewhere").isEqualTo("Linux");
        assumeThat(Path.of("/usr/bin/gcc")).as("NOT TESTED: Debian's gcc").exists();
        Path target = Files.createDirectories(Path.of(System.getProperty("jna.library.path")));
        Process compiler =
                new ProcessBuilder(
                                "gcc",
                                "-std=c11",
                                "-O1",
                                "-Wall",
                                "-Wextra",
                                "-Werror",
                                "-shared",
                                "-fPIC",
                                "-o",
                                target.resolve("libAdvapi32.so").toString(),
                                "src/test/c/advapi32.c")
                        .redirectErrorStream(true)
                        .start();
        String said = new String(compiler.getInputStream().readAllBytes());
        assertThat(compiler.waitFor()).as(said).isZero();
        standIn = Native.load("Advapi32", Control.class);
    }

    @AfterEach
    void mend() {
        standIn.standin_fail(0);
    }

    @Test
    void event_arrivesWithItsSourceTypeNumberAndText() throws Exception {
        int before = standIn.standin_reports();
        try (EventSource source = WindowsEventSource.open("Directory Synchronization")) {
            assertThat(standIn.standin_open()).isOne();
            source.report(2, 611, "route corp_cloud: päßwörter €");
        }
        assertThat(standIn.standin_reports()).isEqualTo(before + 1);
        assertThat(standIn.standin_source().toString()).isEqualTo("Directory Synchronization");
        assertThat(standIn.standin_type()).isEqualTo(2);
        assertThat(standIn.standin_number()).isEqualTo(611);
        assertThat(standIn.standin_text().toString()).isEqualTo("route corp_cloud: päßwörter €");
        assertThat(standIn.standin_open()).as("sources that are left open").isZero();
    }

    @Test
    void refusal_isToldWithTheNumberThatWindowsGave() throws Exception {
        try (EventSource source = WindowsEventSource.open("Directory Synchronization")) {
            standIn.standin_fail(FULL);
            assertThatThrownBy(() -> source.report(4, 9013, "full"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("did not take an event (Windows said 1502)");
            assertThatThrownBy(() -> WindowsEventSource.open("Directory Synchronization"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("gave no source (Windows said 1502)");
        }
    }
}
