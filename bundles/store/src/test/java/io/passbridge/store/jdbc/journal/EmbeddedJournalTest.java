/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc.journal;

import io.passbridge.store.jdbc.opening.Opening;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** On the embedded database. */
class EmbeddedJournalTest extends JournalContract {
    @TempDir Path folder;

    @Override
    Opening location() {
        return Opening.embedded(folder.resolve("store"), 4);
    }
}
