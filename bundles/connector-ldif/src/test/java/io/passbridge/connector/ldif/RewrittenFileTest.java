/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif;

import static io.passbridge.connector.ldif.LdifFixture.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.passbridge.connector.ChangePage;
import io.passbridge.connector.Watermark;
import io.passbridge.connector.ldif.LdifFixture.Seen;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.credential.CredentialChange;
import io.passbridge.credential.SourceAnchor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A nightly dump takes the place of the last one. */
class RewrittenFileTest {
    private static final String HASH_1 = "sambaNTPassword: 00112233445566778899AABBCCDDEEFF";
    private static final String HASH_2 = "sambaNTPassword: FFEEDDCCBBAA99887766554433221100";
    private static final String NT_1 = "NT 00112233445566778899aabbccddeeff";
    private static final String NT_2 = "NT ffeeddccbbaa99887766554433221100";

    @TempDir Path folder;
    private LdifFixture fixture;
    private int dumps;

    @BeforeEach
    void open() {
        fixture = new LdifFixture(folder);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private void dump(String... people) throws IOException {
        fixture.write(String.join("", people));
        Files.setLastModifiedTime(
                fixture.file, FileTime.fromMillis(1_790_000_000_000L + 1_000L * ++dumps));
    }

    private List<Seen> read(SourceAnchor anchor) throws Exception {
        List<Seen> seen = new ArrayList<>();
        for (CredentialChange change : fixture.source().read(List.of(anchor))) {
            try (change) {
                seen.add(Seen.of(change));
            }
        }
        return seen;
    }

    private void at(long second) {
        fixture.context.withClock(Clock.fixed(Instant.ofEpochSecond(second), ZoneOffset.UTC));
        fixture.restart();
    }

    private List<Path> logs() throws IOException {
        return logs(fixture.context.dataFolder());
    }

    private static List<Path> logs(Path in) throws IOException {
        try (Stream<Path> files = Files.list(in)) {
            return files.filter(f -> f.getFileName().toString().startsWith("records-")).toList();
        }
    }

    @Test
    void whoeverIsAsBefore_doesNotComeAgain_alsoAfterARestart() throws Exception {
        dump(user("anna", HASH_1), user("bert", HASH_1), user("carl", HASH_1));
        assertThat(fixture.changes()).hasSize(3);
        fixture.restart();
        dump(user("zoe", HASH_1), user("carl", HASH_1), user("bert", HASH_2), user("anna", HASH_1));
        assertThat(fixture.changes(1))
                .extracting(Seen::anchor, Seen::credential)
                .containsExactly(tuple("uuid-zoe", NT_1), tuple("uuid-bert", NT_2));
        dump(user("bert", HASH_1), user("anna", HASH_1));
        assertThat(fixture.changes())
                .as("back to what it was is a change, too")
                .extracting(Seen::anchor, Seen::credential)
                .containsExactly(tuple("uuid-bert", NT_1));
    }

    @Test
    void newTimesAlone_areNoNews_andAChangeOfStateIs() throws Exception {
        dump(user("anna", HASH_1, "modifyTimestamp: 20260101000000Z"));
        fixture.changes();
        dump(user("anna", HASH_1, "modifyTimestamp: 20260202000000Z"));
        assertThat(fixture.changes()).isEmpty();
        dump(user("anna", HASH_1, "modifyTimestamp: 20260202000000Z", "nsAccountLock: TRUE"));
        assertThat(fixture.changes())
                .singleElement()
                .matches(anna -> anna.state().has(Flag.DISABLED));
    }

    @Test
    void expiryThatPassed_isNewsWithoutAnyChangeOfTheRecord() throws Exception {
        String expires = "shadowExpire: 20500";
        dump(user("anna", HASH_1, expires));
        long expiry = 20_500L * 86_400;
        at(expiry - 86_400);
        assertThat(fixture.changes())
                .singleElement()
                .matches(anna -> !anna.state().has(Flag.ACCOUNT_EXPIRED));
        at(expiry + 172_800);
        dump(user("bert", HASH_1), user("anna", HASH_1, expires));
        assertThat(fixture.changes())
                .extracting(Seen::anchor)
                .containsExactly("uuid-bert", "uuid-anna");
    }

    @Test
    void twoChangesWithinASecond_haveTwoVersions_howeverTheyAreRead() throws Exception {
        dump(user("anna", HASH_1, "pwdChangedTime: 20260101000000Z"));
        Seen first = fixture.changes().get(0);
        dump(user("anna", HASH_2, "pwdChangedTime: 20260101000000Z"));
        Seen second = fixture.changes().get(0);
        assertThat(second.credential()).isEqualTo(NT_2);
        assertThat(second.version()).isNotEqualTo(first.version());
        assertThat(read(new SourceAnchor("uuid-anna"))).containsExactly(second);
        fixture.watermark = Watermark.BEGINNING;
        assertThat(fixture.changes()).containsExactly(second);
    }

    @Test
    void pageThatWasNeverRecorded_comesAgain() throws Exception {
        dump(user("anna", HASH_1), user("bert", HASH_1), user("carl", HASH_1));
        fixture.changes();
        dump(user("anna", HASH_2), user("bert", HASH_2), user("carl", HASH_2));
        Watermark recorded;
        try (ChangePage page = fixture.source().changes(fixture.watermark, 1)) {
            recorded = page.next();
            fixture.source().changes(recorded, 1).close();
        }
        fixture.restart();
        fixture.watermark = recorded;
        assertThat(fixture.changes(1))
                .extracting(Seen::anchor)
                .containsExactly("uuid-bert", "uuid-carl");
    }

    @Test
    void rewritingInTheMiddleOfAReading_losesNobody() throws Exception {
        dump(user("anna", HASH_1), user("bert", HASH_1), user("carl", HASH_1));
        fixture.changes();
        dump(user("anna", HASH_2), user("bert", HASH_1), user("carl", HASH_2));
        try (ChangePage page = fixture.source().changes(fixture.watermark, 1)) {
            fixture.watermark = page.next();
        }
        dump(user("anna", HASH_2), user("bert", HASH_1), user("carl", HASH_2), user("dora"));
        assertThat(fixture.changes())
                .extracting(Seen::anchor)
                .contains("uuid-carl", "uuid-dora")
                .doesNotContain("uuid-anna");
    }

    @Test
    void lostOrDamagedMemory_bringsEverybodyAgain() throws Exception {
        dump(user("anna", HASH_1), user("bert", HASH_1));
        fixture.changes();
        byte[] log = Files.readAllBytes(logs().get(0));
        log[3] ^= 1;
        Files.write(logs().get(0), log);
        dump(user("carl", HASH_1), user("anna", HASH_1), user("bert", HASH_1));
        assertThat(fixture.changes()).hasSize(3);
        for (Path gone : logs()) {
            Files.delete(gone);
        }
        dump(user("anna", HASH_1), user("bert", HASH_1));
        assertThat(fixture.changes()).hasSize(2);
    }

    @Test
    void userWhoComesTwice_comesAsTheLastWordSays() throws Exception {
        dump(user("anna", HASH_1), user("bert", HASH_1), user("anna", HASH_2), user("carl"));
        assertThat(fixture.changes(1))
                .extracting(Seen::anchor, Seen::credential)
                .as("never the word before the last")
                .containsExactly(
                        tuple("uuid-bert", NT_1),
                        tuple("uuid-anna", NT_2),
                        tuple("uuid-carl", "none"));
        dump(
                user("anna", HASH_1),
                user("bert", HASH_1),
                "dn: uid=anna,ou=people,dc=example,dc=org\nchangetype: modify\n"
                        + "replace: sambaNTPassword\n"
                        + HASH_2
                        + "\n-\n\n");
        assertThat(fixture.changes(1)).as("anna is as before in the end").isEmpty();
    }

    @Test
    void changeAheadOfTheDescription_hidesNobody() throws Exception {
        String early =
                "dn: uid=anna,ou=people,dc=example,dc=org\nchangetype: modify\n"
                        + "replace: mail\nmail: a@b\n-\n\n";
        dump(early, user("anna", HASH_1), user("bert", HASH_1));
        assertThat(fixture.changes())
                .extracting(Seen::anchor)
                .containsExactly("uuid-anna", "uuid-bert");
    }

    @Test
    void sameContent_hasTheSameVersion_inEveryReadingOfEveryDump() throws Exception {
        dump(user("anna", HASH_1), user("bert", HASH_1, "pwdChangedTime: 20260101000000Z"));
        List<Seen> first = fixture.changes();
        dump(user("bert", HASH_1, "pwdChangedTime: 20260101000000Z"), user("anna", HASH_1));
        fixture.watermark = Watermark.BEGINNING;
        assertThat(fixture.changes()).containsExactlyInAnyOrderElementsOf(first);
        dump(user("anna", HASH_2));
        assertThat(fixture.changes().get(0).version()).isNotEqualTo(first.get(0).version());
    }

    @Test
    void otherSettings_readTheSameFileAgain_andBringThoseWhomTheyConcern() throws Exception {
        String dora =
                "dn: uid=dora,ou=guests,dc=example,dc=org\nobjectClass: person\nuid: dora\n"
                        + "employeeNumber: 7\n"
                        + HASH_1
                        + "\n\n";
        dump(user("anna", HASH_1), user("bert", HASH_1, "mail: b@example.org"), dora);
        assertThat(fixture.changes()).hasSize(2);
        assertThat(fixture.context.badRecords()).as("dora has no anchor").hasSize(1);
        Watermark end = fixture.watermark;

        fixture.close();
        fixture = new LdifFixture(folder, "anchorAttributes", "entryUUID,employeeNumber");
        fixture.watermark = end;
        assertThat(fixture.changes()).extracting(Seen::anchor).containsExactly("7");
        assertThat(fixture.changes()).isEmpty();
        end = fixture.watermark;

        fixture.close();
        fixture =
                new LdifFixture(
                        folder,
                        "anchorAttributes",
                        "entryUUID,employeeNumber",
                        "loginAttributes",
                        "mail,uid");
        fixture.watermark = end;
        assertThat(fixture.changes())
                .as("who has another name now")
                .extracting(Seen::anchor)
                .containsExactly("uuid-bert");
    }
}
