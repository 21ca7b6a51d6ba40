/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;

class MainTest {
    @Test
    void deniedFolder_isToldWithAccountAndRemedy() {
        assertThat(Main.words(new AccessDeniedException("/srv/data")))
                .contains("/srv/data")
                .contains("access is denied")
                .contains(System.getProperty("user.name"))
                .contains("PASSBRIDGE_DATA");
    }

    @Test
    void otherFailure_keepsItsReason() {
        assertThat(Main.words(new FileSystemException("/srv/data", null, "Read-only file system")))
                .contains("/srv/data cannot be used: Read-only file system");
    }
}
