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

    private CommandRun kmu(String line, String... answers) {
        return CommandRun.answering(
                new KeyManagementUtility(recovery, recovery, new FakeKeys()),
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
                "/u:svc /e keys.pbks"
            })
    void export_inAnySpelling_exports(String line) {
        CommandRun run = kmu(line, "right password", "right password");
        assertThat(run.status()).isEqualTo(ExitStatus.DONE);
        assertThat(recovery.calls).containsExactly("export keys.pbks right password");
    }

    @Test
    void export_quiet_printsNothing() {
        CommandRun run = kmu("/e keys.pbks /u:svc '*' /q", "right password", "right password");
        assertThat(run.out()).isBlank();
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
    @ValueSource(strings = {"/b none", "/b 0", "/b", "/x", "/e f /a", "/u:", "/e"})
    void wrongSwitches_areMisuse(String line) {
        assertThat(kmu(line).status()).isEqualTo(ExitStatus.USAGE);
        assertThat(recovery.calls).isEmpty();
    }

    @Test
    void abandon_asksForTheKeySet() {
        assertThat(kmu("/a", "no").status()).isEqualTo(ExitStatus.REFUSED);
        assertThat(kmu("/a", FakeRecovery.ID).status()).isEqualTo(ExitStatus.DONE);
        assertThat(recovery.calls).containsExactly("abandon " + FakeRecovery.ID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'/?'", ""})
    void help_showsTheCurrentKeySet(String line) {
        assertThat(kmu(line).out()).contains("/b SIZE", FakeRecovery.ID);
    }

    @Test
    void activate_userAndStar_asksForThePassword() {
        assertThat(activate("keys.pbks svc '*'", "right password").status())
                .isEqualTo(ExitStatus.DONE);
        assertThat(recovery.calls).containsExactly("activate false");
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
