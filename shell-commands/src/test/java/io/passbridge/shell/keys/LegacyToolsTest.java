/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.shell.kit.CommandRun;
import io.passbridge.shell.kit.ExitStatus;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Command lines of existing runbooks. */
class LegacyToolsTest {
    private final FakeRecovery recovery = new FakeRecovery();
    private final FakeKeys keys = new FakeKeys();

    private CommandRun kmu(String line, String... answers) {
        return CommandRun.answering(
                new KeyManagementUtility(recovery, recovery, keys, keys, keys),
                "keys:miiskmu " + line,
                answers);
    }

    private CommandRun activate(String line, String... answers) {
        return CommandRun.answering(
                new ActivationUtility(recovery), "keys:miisactivate " + line, answers);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/e keys.pbks /u:svc '*'",
                "/ekeys.pbks /u:svc '*'",
                "/E keys.pbks /U:svc",
                "/u:svc /e keys.pbks",
                "/u svc /e keys.pbks '*'",
                "-e keys.pbks -u:svc '*'",
                "/e:keys.pbks /u svc"
            })
    void export_inAnySpelling_exports(String line) {
        CommandRun run = kmu(line, "right password", "right password");
        assertThat(run.status()).isEqualTo(ExitStatus.DONE);
        assertThat(recovery.calls).containsExactly("export keys.pbks right password");
    }

    @Test
    void export_quiet_printsNothing() {
        CommandRun run = kmu("/e keys.pbks /u:svc '*' /q", "right");
        assertThat(run.out() + run.err()).isBlank();
        assertThat(recovery.calls).containsExactly("export keys.pbks right");
    }

    @Test
    void export_serviceAccountsPassword_isAskedForOnce() {
        CommandRun run = kmu("/e keys.pbks /u:svc '*'", "right");
        assertThat(run.status()).isEqualTo(ExitStatus.DONE);
        assertThat(run.out()).doesNotContain("password; it becomes");
    }

    @Test
    void export_anotherPassword_saysSoAndIsAskedForTwice() {
        CommandRun slip = kmu("/e keys.pbks /u:svc '*'", "rihgt", "right");
        assertThat(slip.status()).isEqualTo(ExitStatus.REFUSED);
        assertThat(slip.out()).contains("not the service account's password");
        assertThat(recovery.calls).isEmpty();
        keys.passwordProtected = false;
        CommandRun untold = kmu("/e keys.pbks /u:svc '*'", "own", "own");
        assertThat(untold.out()).contains("cannot be told");
        assertThat(recovery.calls).containsExactly("export keys.pbks own");
    }

    @Test
    void export_emptyPassword_isRefusedBeforeItIsAskedForAgain() {
        CommandRun run = kmu("/e keys.pbks /u:svc '*'", "");
        assertThat(run.status()).isEqualTo(ExitStatus.REFUSED);
        assertThat(run.failure()).contains("nothing was typed");
    }

    @Test
    void menu_atATerminal_offersTheThreeChoices() {
        CommandRun left = kmu("", "");
        assertThat(left.out()).contains("1  export", "2  add", "3  abandon", "Nothing was changed");
        assertThat(kmu("", "1", "keys.pbks", "right").status()).isEqualTo(ExitStatus.DONE);
        assertThat(kmu("", "2").out()).contains("Key 3 is primary");
        assertThat(kmu("", "3", FakeRecovery.ID).status()).isEqualTo(ExitStatus.DONE);
        assertThat(kmu("", "4").status()).isEqualTo(ExitStatus.REFUSED);
        assertThat(recovery.calls)
                .containsExactly("export keys.pbks right", "abandon " + FakeRecovery.ID);
        assertThat(keys.calls).containsExactly("add false");
    }

    @Test
    void export_passwordLeftOnTheLine_isMisuseAndNotRepeated() {
        CommandRun run = kmu("/e keys.pbks /u:svc hunter22");
        assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(run.failure()).doesNotContain("hunter22");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/b 100", "/b100", "/B 100"})
    void batch_rewrapsInBatches(String line) {
        kmu(line);
        assertThat(recovery.calls).containsExactly("rewrap 100 false 0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/b none",
                "/b 0",
                "/b",
                "/x",
                "/e f /a",
                "/u:",
                "/e",
                "/ax",
                "/q",
                "/e f /e g"
            })
    void wrongSwitches_areMisuse(String line) {
        CommandRun run = kmu(line);
        assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(run.failure()).contains("miiskmu /e FILE").doesNotContain("keys:miiskmu");
        assertThat(recovery.calls).isEmpty();
    }

    @Test
    void abandon_asksForTheKeySet() {
        assertThat(kmu("/a", "no").status()).isEqualTo(ExitStatus.REFUSED);
        assertThat(kmu("/a", FakeRecovery.ID).status()).isEqualTo(ExitStatus.DONE);
        assertThat(recovery.calls).containsExactly("abandon " + FakeRecovery.ID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'/?'", "/a '/?'", "'-?' /b 5"})
    void help_whateverElseIsAskedFor_showsTheCurrentKeySetAndDoesNothing(String line) {
        assertThat(kmu(line).out()).contains("/b SIZE", "--password-file", FakeRecovery.ID);
        assertThat(recovery.calls).isEmpty();
    }

    @Test
    void nothing_whereNobodyCanBeAsked_isHelp() {
        CommandRun run =
                CommandRun.of(
                        new KeyManagementUtility(recovery, recovery, keys, keys, keys),
                        "keys:miiskmu");
        assertThat(run.out()).contains("/b SIZE", FakeRecovery.ID);
    }

    @Test
    void batch_quiet_printsNothing() {
        CommandRun run = kmu("/b 100 /q");
        assertThat(run.out() + run.err()).isBlank();
    }

    @Test
    void activate_userAndStar_asksForThePasswordAndAboutOtherServers() {
        CommandRun left = activate("keys.pbks svc '*'", "right password", "no");
        assertThat(left.status()).isEqualTo(ExitStatus.REFUSED);
        assertThat(left.out()).containsPattern("make\\s+sure\\s+that\\s+no\\s+other\\s+one\\s+is");
        assertThat(recovery.calls).isEmpty();
        assertThat(activate("keys.pbks svc '*'", "right password", FakeRecovery.ID).status())
                .isEqualTo(ExitStatus.DONE);
        assertThat(activate("keys.pbks svc '*' --yes", "right password").status())
                .isEqualTo(ExitStatus.DONE);
        assertThat(recovery.calls).containsExactly("activate false", "activate false");
    }

    @Test
    void activate_help_explainsEachParameter() {
        assertThat(activate("'/?'").out())
                .contains("FILE ", "USER ", "PASSWORD ", "/q ", "--yes ", "--password-file");
        assertThat(activate("a b c").failure()).contains("miisactivate FILE");
    }

    @Test
    void activate_quiet_fencesAnotherServerOutWithoutAsking() {
        recovery.objections = List.of("server first/1 holds the writer's lease");
        CommandRun run = activate("keys.pbks svc '*' /q", "right password");
        assertThat(run.status()).isEqualTo(ExitStatus.DONE);
        assertThat(run.out()).isBlank();
        assertThat(recovery.calls).containsExactly("activate true");
    }

    @Test
    void activate_quietButTheExportIsForeign_stillAsks() {
        recovery.objections = List.of("another server", "another key set");
        assertThat(activate("keys.pbks svc '*' /q", "right password", "no").status())
                .isEqualTo(ExitStatus.REFUSED);
        assertThat(recovery.calls).isEmpty();
    }
}
