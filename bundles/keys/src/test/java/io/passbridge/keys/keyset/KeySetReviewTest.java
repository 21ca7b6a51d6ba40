/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.keyset;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.health.Finding;
import io.passbridge.health.Finding.Severity;
import io.passbridge.keys.SealedValue;
import io.passbridge.keys.file.KeySetFile;
import io.passbridge.keys.review.DateReview;
import io.passbridge.keys.review.FileReview;
import io.passbridge.keys.review.LockReview;
import io.passbridge.keys.review.ValueReview;
import io.passbridge.keys.ring.KeySet;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every way to be locked or in danger is told apart. */
class KeySetReviewTest {
    private Server server;

    @BeforeEach
    void start() throws Exception {
        server = Server.started();
        server.store("corp", "secret");
    }

    /** The defaults, as the component gets them without a configuration. */
    private static final class Defaults implements KeySetConfiguration {
        @Override
        public String folder() {
            return "";
        }

        @Override
        public String protector() {
            return "passphrase";
        }

        @Override
        public int exportAgeDays() {
            return 365;
        }

        @Override
        public int drillAgeDays() {
            return 365;
        }

        @Override
        public long acceptGeneration() {
            return 0;
        }

        @Override
        public Class<? extends Annotation> annotationType() {
            return KeySetConfiguration.class;
        }
    }

    private static Finding lock(Server server) {
        try {
            server.keeper.unlock(Optional.empty());
        } catch (io.passbridge.keys.KeyException e) {
            // the finding says it
        }
        return LockReview.of(server.keeper.state(), server.protectors);
    }

    @Test
    void lock_open_isWell() {
        assertThat(lock(server).severity()).isEqualTo(Severity.OK);
    }

    @Test
    void lock_wrongPassword_namesPlaceAndLikelyCauses() {
        Server locked = server.restarted();
        locked.protector.place("changed behind its back");
        Finding finding = lock(locked);
        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(finding.text()).contains("the password is wrong", "a field");
        assertThat(finding.remedy()).contains("behind the platform's back", "another server");
    }

    @Test
    void lock_protectorAbsent_namesItsBundle() {
        Server locked = server.restarted();
        locked.protectors.remove(locked.protector);
        assertThat(lock(locked).remedy()).contains("start the protector's bundle");
    }

    @Test
    void lock_damagedFile_saysHowToRestore() {
        Server locked = server.restarted();
        locked.folder.files().put(KeySetFile.CURRENT, new byte[] {1});
        assertThat(lock(locked).remedy()).contains("the disk fails", "keys:activate");
    }

    @Test
    void lock_fileGone_saysThatSomebodyRemovedIt() {
        Server locked = server.restarted();
        locked.folder.files().put(KeySetFile.PREVIOUS, new byte[] {1});
        locked.folder.files().remove(KeySetFile.CURRENT);
        assertThat(lock(locked).remedy()).contains("somebody removed the file");
    }

    @Test
    void lock_unlockedByHand_warnsOfTheNextStart() throws Exception {
        Server locked = server.restarted();
        locked.keeper.unlock(Optional.of(Server.secret("made by itself")));
        Finding finding = LockReview.of(locked.keeper.state(), locked.protectors);
        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.remedy()).contains("keys:passwd");
    }

    @Test
    void values_ofAnotherServersKeySet_areNamedWithItsId() throws Exception {
        Server other = server.beside();
        assertThat(new ValueReview(other.parts).of(other.keeper.state()))
                .singleElement()
                .matches(f -> f.severity() == Severity.ERROR)
                .matches(f -> f.text().contains(server.keeper.state().known().get().id() + ""))
                .matches(f -> f.remedy().contains("keys:activate"));
    }

    @Test
    void values_underADisabledKey_areAnError() throws Exception {
        server.lifeCycle.add("anna", false);
        server.lifeCycle.disable("anna", 1);
        assertThat(new ValueReview(server.parts).of(server.keeper.state()))
                .singleElement()
                .matches(f -> f.remedy().equals("keys:enable 1"));
    }

    @Test
    void values_underACompromisedKey_areAWarning() throws Exception {
        server.lifeCycle.add("anna", false);
        server.lifeCycle.markCompromised("anna", 1);
        assertThat(new ValueReview(server.parts).of(server.keeper.state()))
                .singleElement()
                .matches(f -> f.severity() == Severity.WARNING && f.remedy().contains("rewrap"));
    }

    @Test
    void values_thatAreNone_areAnError() throws Exception {
        server.owner.values.put("odd", SealedValue.of(new byte[5]));
        assertThat(new ValueReview(server.parts).of(server.keeper.state()))
                .anyMatch(f -> f.text().contains("is no sealed value at all"));
    }

    @Test
    void values_storeAbsent_isNotTakenForEmpty() {
        server.owners.remove(server.owner);
        assertThat(new ValueReview(server.parts).of(server.keeper.state()))
                .singleElement()
                .matches(f -> f.text().contains("the store is not running"));
    }

    @Test
    void dates_neverExportedThenOldThenOutdated_areToldApart() throws Exception {
        KeySet keySet = server.keeper.open().keySet();
        DateReview now = new DateReview(new Defaults(), Clock.systemUTC());
        DateReview later =
                new DateReview(
                        new Defaults(), Clock.offset(Clock.systemUTC(), Duration.ofDays(400)));
        assertThat(now.of(keySet).get(0).text()).contains("never exported");
        KeySet exported = keySet.withExported(server.keeper.now());
        assertThat(now.of(exported).get(0).severity()).isEqualTo(Severity.OK);
        assertThat(later.of(exported).get(0).text()).contains("400 days ago", "365");
        KeySet outdated = keySet.withExported(keySet.created().minusSeconds(1));
        assertThat(now.of(outdated).get(0).text()).contains("older than the newest key");
    }

    @Test
    void files_openToOthersOrUnclaimed_areWarnedOf(@TempDir Path base) throws IOException {
        Path folder = Files.createDirectory(base.resolve("keys"));
        Path etc = Files.createDirectory(base.resolve("etc"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-x---"));
        Files.writeString(etc.resolve("a.cfg"), "secret = UEJTVgEBb3");
        assertThat(new FileReview(folder, etc).findings())
                .extracting(Finding::remedy)
                .containsExactly(
                        "chmod 700 " + folder,
                        "remove it; account:set NAME stores a secret where it belongs");
    }
}
