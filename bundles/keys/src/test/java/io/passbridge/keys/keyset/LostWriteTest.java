/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.keyset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.keys.KeyException;
import io.passbridge.keys.file.KeySetFile;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A disk that says that it has written a file, and has not. */
class LostWriteTest {
    private static final int NEW_FILE_WRITTEN = 1;

    @Test
    void newFile_whereTheOneOfAFormerAttemptIsRead_takesNobodysPlace() throws Exception {
        Server victim = Server.started();
        victim.store("corp", "secret");
        victim.folder.killAt(NEW_FILE_WRITTEN, false);
        assertThatThrownBy(() -> victim.lifeCycle.add("anna", false))
                .isInstanceOf(FaultyFolder.Killed.class);

        Server server = victim.restarted();
        server.keeper.unlock(Optional.empty());
        byte[] before = server.folder.files().get(KeySetFile.CURRENT).clone();
        server.folder.loseNext();
        assertThatThrownBy(() -> server.lifeCycle.add("anna", false))
                .isInstanceOf(KeyException.class)
                .hasMessageContaining("it does not hold what was written to it");
        assertThat(server.folder.files().get(KeySetFile.CURRENT)).isEqualTo(before);
        assertThat(server.lifeCycle.add("anna", false).id()).isEqualTo(2);
        assertThat(server.holds("corp", "secret")).isTrue();
    }
}
