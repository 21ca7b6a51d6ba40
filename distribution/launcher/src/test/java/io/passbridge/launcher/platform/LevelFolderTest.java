/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.launcher.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LevelFolderTest {
    @Test
    void folders_comeByLevelAndWithoutThoseOfOtherSystems(@TempDir Path bundles) throws Exception {
        for (String name : List.of("5", "40", "10", "25", "25.no-such-system")) {
            Files.createDirectory(bundles.resolve(name));
        }

        assertThat(LevelFolder.ofThisSystem(bundles))
                .extracting(LevelFolder::level)
                .containsExactly(5, 10, 25, 40);
    }

    @Test
    void jars_areTheJarsOnly(@TempDir Path bundles) throws Exception {
        Path folder = Files.createDirectory(bundles.resolve("5"));
        Files.createFile(folder.resolve("b.jar"));
        Files.createFile(folder.resolve("a.jar"));
        Files.createFile(folder.resolve("notes.txt"));

        assertThat(LevelFolder.ofThisSystem(bundles).get(0).jars())
                .containsExactly(folder.resolve("a.jar"), folder.resolve("b.jar"));
    }
}
