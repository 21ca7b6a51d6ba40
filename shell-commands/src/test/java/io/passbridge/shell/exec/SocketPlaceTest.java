/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.shell.channel.SocketPlace;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketPlaceTest {
    @TempDir private Path data;

    @Test
    void folder_isForTheOwnerAlone() throws Exception {
        Files.createDirectory(data.resolve("run"));

        UnixDomainSocketAddress address = new SocketPlace(data).prepare();

        assertThat(address.getPath()).isEqualTo(data.resolve("run").resolve("exec.sock"));
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(data.resolve("run"))))
                .isEqualTo("rwx------");
    }

    @Test
    void pathThatIsTooLong_isReplacedByAPrivateFolder() throws Exception {
        Path deep = Files.createDirectories(data.resolve("d".repeat(120)));
        SocketPlace place = new SocketPlace(deep);

        UnixDomainSocketAddress address = place.prepare();
        try (ServerSocketChannel server =
                ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address)) {
            assertThat(server.isOpen()).isTrue();
            assertThat(new SocketPlace(deep).find()).isEqualTo(address);
            Path folder = address.getPath().getParent();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                    .isEqualTo("rwx------");
        }

        place.remove();
        assertThat(address.getPath().getParent()).doesNotExist();
    }

    @Test
    void leftover_isRemoved() throws Exception {
        SocketPlace place = new SocketPlace(data);
        Files.createFile(place.prepare().getPath());

        assertThat(place.prepare().getPath()).doesNotExist();
    }

    @Test
    void peers_areTheOwnerAndRoot() {
        PeerCheck check = new PeerCheck("passbridge");

        assertThat(check.accepts("passbridge")).isTrue();
        assertThat(check.accepts("root")).isTrue();
        assertThat(check.accepts("guest")).isFalse();
    }
}
