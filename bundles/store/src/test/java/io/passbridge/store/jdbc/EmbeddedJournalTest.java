/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** On the embedded database. */
class EmbeddedJournalTest extends JournalContract {
    @TempDir Path folder;

    @Override
    Location location() {
        return new EmbeddedLocation(folder.resolve("store"), 4);
    }
}
