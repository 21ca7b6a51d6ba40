/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.following;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.connector.ldif.record.AttributeNames;
import io.passbridge.connector.ldif.record.FileState;
import io.passbridge.connector.ldif.record.LdifFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import javax.crypto.Mac;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrefixProofTest {
    @TempDir Path folder;

    @Test
    void fingerprint_isTakenOnce_forOneStateAndPlace() throws Exception {
        Path people = Files.writeString(folder.resolve("people.ldif"), "dn: uid=anna\n\n");
        Fingerprint key = Fingerprint.in(folder);
        FileState state = FileState.of(people);
        try (LdifFile file = new LdifFile(people, 1_024, new AttributeNames(List.of()))) {
            PrefixProof proof = new PrefixProof(file, key);
            String first = Fingerprint.value(proof.upTo(14, state));
            Mac goesOn = proof.upTo(14, state);
            goesOn.update((byte) 1);
            Files.delete(people);
            assertThat(Fingerprint.value(proof.upTo(14, state))).isEqualTo(first);
            assertThat(Fingerprint.value(goesOn)).isNotEqualTo(first);
            FileState later = new FileState(state.identity(), 14, state.modifiedMicros() + 1);
            assertThatThrownBy(() -> proof.upTo(14, later)).isInstanceOf(NoSuchFileException.class);
            assertThatThrownBy(() -> proof.upTo(13, state)).isInstanceOf(NoSuchFileException.class);
        }
    }
}
