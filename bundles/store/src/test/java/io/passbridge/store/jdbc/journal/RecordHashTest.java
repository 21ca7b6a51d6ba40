/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RecordHashTest {
    private static final String VECTOR =
            "69d7a852287d339e4d754f8607e95799ea38484aac1367ced15a2c141b8a19bf";

    @Test
    void of_theDocumentedRecord_isTheDocumentedHash() {
        JournalRow row =
                new JournalRow(
                        1,
                        1_700_000_000_123L,
                        9013,
                        "INFORMATION",
                        "alice",
                        "key 3",
                        "A key was added and is primary.",
                        AttributeText.encode(Map.of("fingerprint", "a=b")));
        assertThat(HexFormat.of().formatHex(RecordHash.of(RecordHash.START, row)))
                .isEqualTo(VECTOR);
        assertThat(Path.of("..", "..", "docs", "formats", "journal.md")).content().contains(VECTOR);
    }

    @Property(tries = 300)
    void attributes_surviveTheirTextForm(@ForAll Map<String, String> attributes) {
        Map<String, String> ordered = new LinkedHashMap<>(attributes);
        assertThat(AttributeText.decode(AttributeText.encode(ordered)))
                .containsExactlyEntriesOf(ordered);
    }
}
