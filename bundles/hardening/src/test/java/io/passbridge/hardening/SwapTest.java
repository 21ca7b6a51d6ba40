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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the files that Linux shows, below another root. */
class SwapTest {
    private static final String HEADING = "Filename\tType\tSize\tUsed\tPriority\n";

    @TempDir Path root;

    private void file(String path, String content) throws Exception {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private Finding inspect() {
        return new Swap(root).inspect(false);
    }

    @Test
    void noSwap_isFine() throws Exception {
        file("proc/swaps", HEADING);
        assertThat(inspect()).isEqualTo(Finding.ok("swap", "there is none"));
    }

    @Test
    void swapFile_isWarnedOf() throws Exception {
        file("proc/swaps", HEADING + "/swapfile file 2097148 0 -2\n");
        assertThat(inspect().severity()).isEqualTo(Severity.WARNING);
        assertThat(inspect().text()).startsWith("/swapfile is not known to be encrypted");
        assertThat(inspect().remedy()).contains("MemorySwapMax=0");
    }

    @Test
    void lockedMemory_needsNoEncryptedSwap() throws Exception {
        file("proc/swaps", HEADING + "/swapfile file 2097148 0 -2\n");
        assertThat(new Swap(root).inspect(true).severity()).isEqualTo(Severity.OK);
    }

    @Test
    void compressedMemory_isFine() throws Exception {
        file("proc/swaps", HEADING + "/dev/zram0 partition 4194300 0 100\n");
        assertThat(inspect().severity()).isEqualTo(Severity.OK);
    }

    @Test
    void cryptDevice_isFine_andAPlainLogicalVolumeIsNot() throws Exception {
        file("proc/swaps", HEADING + "/dev/dm-1 partition 4194300 0 -2\n");
        file("dev/dm-1", "");
        file("sys/block/dm-1/dm/uuid", "CRYPT-PLAIN-swap\n");
        assertThat(inspect().severity()).isEqualTo(Severity.OK);
        file("sys/block/dm-1/dm/uuid", "LVM-abc\n");
        assertThat(inspect().severity()).isEqualTo(Severity.WARNING);
    }

    @Test
    void oneOpenDeviceAmongSeveral_isNamed() throws Exception {
        file(
                "proc/swaps",
                HEADING + "/dev/zram0 partition 1 0 100\n/dev/sda2 partition 4194300 0 -2\n");
        assertThat(inspect().text()).startsWith("/dev/sda2 is not");
    }

    @Test
    void controlGroupWithoutSwap_isFine() throws Exception {
        file("proc/swaps", HEADING + "/swapfile file 2097148 0 -2\n");
        file("proc/self/cgroup", "0::/system.slice/passbridge.service\n");
        file("sys/fs/cgroup/system.slice/passbridge.service/memory.swap.max", "max\n");
        assertThat(inspect().severity()).isEqualTo(Severity.WARNING);
        file("sys/fs/cgroup/system.slice/memory.swap.max", "0\n");
        assertThat(inspect().severity()).isEqualTo(Severity.OK);
    }

    @Test
    void otherSystems_areToldApart() {
        assertThat(inspect().severity()).isEqualTo(Severity.NOTE);
    }
}
