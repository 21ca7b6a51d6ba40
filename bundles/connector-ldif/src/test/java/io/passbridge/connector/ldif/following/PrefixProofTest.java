/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.following;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.connector.AttributeMapping;
import io.passbridge.connector.ldif.record.AttributeNames;
import io.passbridge.connector.ldif.record.DistinguishedName;
import io.passbridge.connector.ldif.record.FileState;
import io.passbridge.connector.ldif.record.LdifFile;
import io.passbridge.connector.ldif.user.EntryMapping;
import io.passbridge.connector.ldif.user.PresentUsers;
import io.passbridge.connector.ldif.user.UserAttributes;
import io.passbridge.credential.SourceAnchor;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrefixProofTest {
    private static final AttributeNames NAMES =
            new AttributeNames(List.of("entryUUID", "description"));
    private static final UserAttributes USERS =
            new UserAttributes(List.of("entryUUID"), List.of("uid"), AttributeMapping.NONE, "");

    @TempDir Path folder;

    @Test
    void fingerprint_isTakenOnce_forOneStateAndPlace() throws Exception {
        Path people = Files.writeString(folder.resolve("people.ldif"), "dn: uid=anna\n\n");
        Fingerprint key = Fingerprint.in(folder);
        FileState state = FileState.of(people);
        try (FileAccess access = access(people)) {
            PrefixProof proof = new PrefixProof(access, key);
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

    /** The first change after a start needs no second pass to find its user. */
    @Test
    void placesNotedOnTheWay_answerWithoutAnotherPass() throws Exception {
        Path people = folder.resolve("people.ldif");
        Files.writeString(people, person("anna", "1") + person("bert", "1") + person("carl", "1"));
        FileState state = FileState.of(people);
        try (FileAccess access = access(people)) {
            Mac raw = new PrefixProof(access, Fingerprint.in(folder)).upTo(state.size(), state);
            Mac noting =
                    new PrefixProof(access, Fingerprint.in(folder))
                            .notingPlacesUpTo(state.size(), state);
            assertThat(Fingerprint.value(noting)).isEqualTo(Fingerprint.value(raw));
            // whoever passed over the whole file would find anna here, too
            Files.writeString(
                    people, person("anna", "1") + person("anna", "2") + person("carl", "1"));
            try (PresentUsers users =
                    access.presentAgain(
                            new SettleGate.Look(state, true, true, 0),
                            Map.of(),
                            Set.of(DistinguishedName.normalized("uid=anna,dc=example")))) {
                assertThat(users.user(new SourceAnchor("uuid-anna")))
                        .hasValueSatisfying(
                                user ->
                                        assertThat(user.entry().text(NAMES.slot("description")))
                                                .contains("1"));
            }
        }
    }

    private static String person(String name, String description) {
        return "dn: uid=%1$s,dc=example%nuid: %1$s%nentryUUID: uuid-%1$s%ndescription: %2$s%n%n"
                .formatted(name, description);
    }

    private static FileAccess access(Path people) {
        return new FileAccess(
                new LdifFile(people, 1_024, NAMES),
                new EntryMapping(USERS, NAMES, Clock.systemUTC()),
                new SettleGate(people, Duration.ZERO),
                "settings");
    }
}
