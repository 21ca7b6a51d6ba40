/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.shell.kit.CommandRun;
import io.passbridge.shell.kit.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoveryCommandsTest {
    private final FakeRecovery recovery = new FakeRecovery();

    @Test
    void export_askedTwice_showsFingerprintAndNoPassword() {
        CommandRun run =
                CommandRun.answering(
                        new ExportKeys(recovery),
                        "keys:export keys.pbks",
                        "right password",
                        "right password");
        assertThat(run.status()).isEqualTo(ExitStatus.DONE);
        assertThat(run.out()).contains("00112233445566778899aabbccddeeff", "keys:drill");
        assertThat(run.out() + run.err()).doesNotContain("right password");
    }

    @Test
    void export_shares_names_eachFile() {
        CommandRun run =
                CommandRun.of(new ExportKeys(recovery), "keys:export keys.pbks --shares 3/5");
        assertThat(recovery.calls).containsExactly("export 3 of 5");
        assertThat(run.out()).contains("share s1", "Any 3 of these shares");
    }

    @Test
    void export_malformedShares_isMisuse() {
        assertThat(
                        CommandRun.of(
                                        new ExportKeys(recovery),
                                        "keys:export keys.pbks --shares three")
                                .status())
                .isEqualTo(ExitStatus.USAGE);
    }

    @Test
    void inspect_withShares_combinesThem() {
        CommandRun run =
                CommandRun.of(new InspectExport(recovery), "keys:inspect keys.pbks --shares a,b,c");
        assertThat(recovery.calls).containsExactly("combine 3");
        assertThat(run.out()).contains("opened with its password");
    }

    @Test
    void inspect_unopened_saysThatNothingWasChecked() {
        CommandRun run =
                CommandRun.of(new InspectExport(recovery), "keys:inspect keys.pbks --unopened");
        assertThat(run.out()).contains("not opened");
    }

    @Test
    void inspect_wrongPassword_isRefused() {
        CommandRun run =
                CommandRun.answering(
                        new InspectExport(recovery), "keys:inspect keys.pbks", "wrong");
        assertThat(run.status()).isEqualTo(ExitStatus.REFUSED);
    }

    @Test
    void activate_noObjections_asksForNothingMore() {
        CommandRun run =
                CommandRun.answering(
                        new ActivateKeys(recovery), "keys:activate keys.pbks", "right password");
        assertThat(run.status()).isEqualTo(ExitStatus.DONE);
        assertThat(recovery.calls).containsExactly("activate false");
    }

    @Test
    void activate_objections_needTheTypedKeySetId() {
        recovery.objections = List.of("server first/1 holds the writer's lease");
        CommandRun refused =
                CommandRun.answering(
                        new ActivateKeys(recovery),
                        "keys:activate keys.pbks",
                        "right password",
                        "yes");
        assertThat(refused.status()).isEqualTo(ExitStatus.REFUSED);
        assertThat(refused.out()).contains("Attention: server first/1");
        assertThat(recovery.calls).isEmpty();
        CommandRun done =
                CommandRun.answering(
                        new ActivateKeys(recovery),
                        "keys:activate keys.pbks",
                        "right password",
                        FakeRecovery.ID);
        assertThat(done.status()).isEqualTo(ExitStatus.DONE);
        assertThat(recovery.calls).containsExactly("activate true");
    }

    @Test
    void activate_dryRun_changesNothing() {
        CommandRun run =
                CommandRun.answering(
                        new ActivateKeys(recovery),
                        "keys:activate keys.pbks --dry-run",
                        "right password");
        assertThat(run.out()).contains("7 of 7 open");
        assertThat(recovery.calls).isEmpty();
    }

    @Test
    void abandon_dryRun_namesWhatWillBeLost() {
        CommandRun run = CommandRun.of(new AbandonKeys(recovery), "keys:abandon --dry-run");
        assertThat(run.out()).contains("lost: connector corp", "Nothing was changed");
        assertThat(recovery.calls).isEmpty();
    }

    @Test
    void abandon_yesWithoutTheId_isMisuse() {
        CommandRun run = CommandRun.of(new AbandonKeys(recovery), "keys:abandon --yes");
        assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(recovery.calls).isEmpty();
    }

    @Test
    void abandon_typedId_saysWhatToDoNext() {
        CommandRun run =
                CommandRun.answering(new AbandonKeys(recovery), "keys:abandon", FakeRecovery.ID);
        assertThat(recovery.calls).containsExactly("abandon " + FakeRecovery.ID);
        assertThat(run.out()).contains("account:set corp", "account:reset corp", "keys:export");
    }

    @Test
    void census_valuesOfAnotherKeySet_areShownAsSuch() {
        CommandRun run = CommandRun.of(new KeyCensus(recovery, new FakeKeys()), "keys:census");
        assertThat(run.out()).contains("decrypt-only", "another key set");
    }

    @Test
    void rewrap_batchAndRate_arePassedOn() {
        CommandRun.of(new RewrapValues(recovery), "keys:rewrap --batch 500 --rate 2000 --dry-run");
        assertThat(recovery.calls).containsExactly("rewrap 500 true 2000");
    }

    @Test
    void rewrap_refusedValues_isPartlyDone() {
        recovery.refused = 1;
        CommandRun run = CommandRun.of(new RewrapValues(recovery), "keys:rewrap");
        assertThat(run.status()).isEqualTo(ExitStatus.PARTLY_DONE);
        assertThat(recovery.calls).containsExactly("rewrap 0 false 0");
    }

    @Test
    void verify_valuesThatDoNotOpen_isPartlyDone() {
        recovery.refused = 1;
        assertThat(CommandRun.of(new VerifyValues(recovery), "keys:verify").status())
                .isEqualTo(ExitStatus.PARTLY_DONE);
        recovery.refused = 0;
        assertThat(CommandRun.of(new VerifyValues(recovery), "keys:verify").status())
                .isEqualTo(ExitStatus.DONE);
    }

    @Test
    void export_ofAFileThatIsThere_isRefusedBeforeAPasswordIsTyped(@TempDir Path folder)
            throws IOException {
        Path there = Files.createFile(folder.resolve("keys.pbks"));
        for (Path file : List.of(there, folder.resolve("nowhere/keys.pbks"))) {
            CommandRun run =
                    CommandRun.answering(new ExportKeys(recovery), "keys:export '" + file + "'");
            assertThat(run.failure())
                    .containsAnyOf(there + " exists", "there is no folder " + folder);
        }
        assertThat(recovery.calls).isEmpty();
    }

    @Test
    void drill_countsWhatDoesNotOpen() {
        recovery.refused = 1;
        CommandRun run =
                CommandRun.answering(
                        new DrillRestore(recovery), "keys:drill keys.pbks", "right password");
        assertThat(run.status()).isEqualTo(ExitStatus.PARTLY_DONE);
        assertThat(run.failure()).contains("1 stored value does not open");
    }

    @Test
    void drill_works_saysWhatOpened() {
        CommandRun run =
                CommandRun.answering(
                        new DrillRestore(recovery), "keys:drill keys.pbks", "right password");
        assertThat(run.out()).contains("the canary opened, and 7 of 7");
    }
}
