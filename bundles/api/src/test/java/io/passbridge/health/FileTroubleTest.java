/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class FileTroubleTest {
    @Test
    void reason_saysWhatJavaLeavesOut_andNeverTheNameAlone() {
        assertThat(FileTrouble.reason(new AccessDeniedException("/a"))).isEqualTo("access denied");
        assertThat(FileTrouble.reason(new NoSuchFileException("/a"))).isEqualTo("it is not there");
        assertThat(FileTrouble.reason(new FileSystemException("/a", null, "Read-only")))
                .isEqualTo("Read-only");
        assertThat(FileTrouble.reason(new FileSystemException("/a"))).doesNotContain("/a");
        assertThat(FileTrouble.reason(new IOException("Is a directory")))
                .isEqualTo("Is a directory");
        assertThat(FileTrouble.reason(new EOFException())).isEqualTo("EOFException");
    }
}
