/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs(value = OS.LINUX, disabledReason = "systemd is of Linux")
class NotifySocketTest {
    /** The receiver's side. */
    interface Receiving extends SystemCalls {
        int bind(int socket, byte[] address, int length) throws LastErrorException;

        NativeLong recv(int socket, byte[] data, NativeLong length, int flags)
                throws LastErrorException;
    }

    private static final Receiving SYSTEM = Native.load("c", Receiving.class);

    @TempDir Path folder;

    @Test
    void notice_arrivesAtAPath() throws Exception {
        arrivesAt(folder.resolve("notify").toString());
    }

    @Test
    void notice_arrivesAtAnAbstractName() throws Exception {
        arrivesAt("@passbridge-" + UUID.randomUUID());
    }

    private static void arrivesAt(String name) throws IOException {
        NotifySocket socket = new NotifySocket(name);
        int receiver = SYSTEM.socket(SystemCalls.AF_UNIX, SystemCalls.SOCK_DGRAM, 0);
        try {
            SYSTEM.bind(receiver, socket.address(), socket.address().length);
            socket.send("READY=1\nSTATUS=gr\u00fc\u00df dich\n");
            byte[] data = new byte[200];
            int length = SYSTEM.recv(receiver, data, new NativeLong(data.length), 0).intValue();
            assertThat(new String(data, 0, length, StandardCharsets.UTF_8))
                    .isEqualTo("READY=1\nSTATUS=gr\u00fc\u00df dich\n");
        } finally {
            SYSTEM.close(receiver);
        }
    }

    @Test
    void socketThatIsNotThere_isNamed() {
        String name = folder.resolve("nobody").toString();
        assertThatThrownBy(() -> new NotifySocket(name).send("READY=1"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"relative", "vsock:2:1234"})
    void whatIsNoSocketOfThisMachine_isRefused(String name) {
        assertThatThrownBy(() -> new NotifySocket(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name);
    }

    @Test
    void pathThatIsTooLong_isRefused() {
        assertThatThrownBy(() -> new NotifySocket("/" + "x".repeat(107)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("108");
    }
}
