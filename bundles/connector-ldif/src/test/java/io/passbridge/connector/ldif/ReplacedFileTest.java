/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif;

import static io.passbridge.connector.ldif.LdifFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.ldif.LdifFixture.Seen;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Another file in the place of the one that was read. */
class ReplacedFileTest extends FileLab {
    @Test
    void changes_fileReplacedByALargerOne_readsTheWholeFile() throws Exception {
        fixture.write(user("anna", HASH_1) + user("bert", HASH_1));
        fixture.changes();
        Path other = folder.resolve("other");
        Files.writeString(
                other, user("anna", HASH_2) + user("bert", HASH_1) + user("carl", HASH_1));
        Files.move(other, fixture.file, StandardCopyOption.ATOMIC_MOVE);
        Map<String, Seen> seen = fixture.byAnchor();
        assertThat(seen.keySet())
                .as("whoever is as before does not come again")
                .containsExactly("uuid-anna", "uuid-carl");
        assertThat(seen.get("uuid-anna").credential()).isEqualTo(NT_2);
    }

    @Test
    void changes_fileRewrittenInPlaceWithEqualLength_readsTheWholeFile() throws Exception {
        fixture.write(user("anna", HASH_1) + user("bert", HASH_1));
        fixture.changes();
        fixture.write(user("anna", HASH_2) + user("bert", HASH_1));
        Files.setLastModifiedTime(fixture.file, FileTime.fromMillis(1_790_000_000_000L));
        assertThat(fixture.byAnchor().get("uuid-anna").credential()).isEqualTo(NT_2);
    }

    @Test
    void changes_fileReplacedByAShorterOne_deletesNobody() throws Exception {
        fixture.write(user("anna", HASH_1) + user("bert", HASH_1));
        fixture.changes();
        fixture.write(user("anna", HASH_1));
        assertThat(fixture.changes()).isEmpty();
    }
}
