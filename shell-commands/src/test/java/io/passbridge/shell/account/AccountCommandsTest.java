/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.host.AccountAdministration;
import io.passbridge.connector.host.ConnectorStatus.Phase;
import io.passbridge.credential.Secret;
import io.passbridge.health.Finding;
import io.passbridge.shell.connector.FixedRegistry;
import io.passbridge.shell.kit.CommandRun;
import io.passbridge.shell.kit.ExitStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountCommandsTest {
    private final FixedRegistry registry =
            new FixedRegistry()
                    .with("cloud", "ad", Phase.ONLINE, "PasswordTarget", "AccountSecretReset")
                    .with("corp", "ad", Phase.ONLINE, "PasswordSource")
                    .with("people", Phase.ONLINE, "PasswordSource");
    private final Desk desk = new Desk();

    /** Takes the secret {@code right} only. */
    private static final class Desk implements AccountAdministration {
        String set = "";
        String objection;

        @Override
        public List<AccountStatus> accounts() {
            return List.of(
                    new AccountStatus(
                            "corp",
                            "ad",
                            "svc",
                            State.LOST,
                            Optional.of(Instant.parse("2026-11-20T10:00:00Z")),
                            Optional.empty()));
        }

        @Override
        public Outcome set(
                String instance, String name, Secret secret, Set<Leave> leave, String actor) {
            boolean unverified = leave.contains(Leave.UNVERIFIED);
            boolean right = new String(secret.toChars()).equals("right");
            if (right || unverified) {
                set = instance + " " + name;
            }
            return new Outcome(findings(right), right, right || unverified);
        }

        @Override
        public Optional<String> objection(String instance) {
            return Optional.ofNullable(objection);
        }

        @Override
        public Outcome reset(String instance, Set<Leave> leave, String actor) {
            set = instance + " reset";
            return new Outcome(findings(true), true, true);
        }

        @Override
        public Outcome verify(String instance) {
            return new Outcome(findings(instance.equals("corp")), instance.equals("corp"), true);
        }

        private static List<Finding> findings(boolean right) {
            return List.of(
                    right
                            ? Finding.ok("account", "signed in")
                            : Finding.error("account", "was refused", "type it again"));
        }
    }

    @Test
    void list_tellsWhatToDo() {
        CommandRun run = CommandRun.of(new ListAccounts(desk), "account:list");
        assertThat(run.out()).contains("corp", "svc", "lost", "account:set corp");
    }

    @Test
    void set_asksForNameAndSecretAndStoresWhatWorks() {
        CommandRun run =
                CommandRun.answering(
                        new SetAccount(desk, registry), "account:set corp", "svc2", "right");

        assertThat(run.status()).isEqualTo(ExitStatus.DONE);
        assertThat(desk.set).isEqualTo("corp svc2");
        assertThat(run.out()).contains("works and is stored").doesNotContain("right");
    }

    @Test
    void set_ofAConnectorWithoutASecret_isRefusedBeforeItAsks() {
        CommandRun run = CommandRun.answering(new SetAccount(desk, registry), "account:set people");
        assertThat(run.failure()).contains("there is nothing to set");
    }

    @Test
    void set_withAnEmptyName_keepsTheStoredOne() {
        CommandRun.answering(new SetAccount(desk, registry), "account:set corp", "", "right");
        assertThat(desk.set).isEqualTo("corp svc");
    }

    @Test
    void set_ofAWrongSecret_endsRefusedAndTellsTheWayOut() {
        CommandRun run =
                CommandRun.answering(
                        new SetAccount(desk, registry), "account:set corp", "svc", "wrong");

        assertThat(run.status()).isEqualTo(ExitStatus.REFUSED);
        assertThat(run.failure()).contains("was not changed").contains("--unverified");
        assertThat(run.out()).contains("was refused");
        assertThat(desk.set).isEmpty();
    }

    @Test
    void set_fromAFile_readsOneThatOnlyItsOwnerMayRead(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("secret");
        Files.writeString(file, "right\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        String line = "account:set corp --name svc --secret-file " + file;

        CommandRun run = CommandRun.of(new SetAccount(desk, registry), line + " --json");
        assertThat(run.status()).isEqualTo(ExitStatus.DONE);
        assertThat(run.out()).contains("\"verified\":true").contains("\"stored\":true");

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(CommandRun.of(new SetAccount(desk, registry), line).failure())
                .contains("chmod 600");
    }

    @Test
    void reset_asksFirstAndNeedsASystemThatCan() {
        CommandRun run =
                CommandRun.answering(new ResetAccount(desk, registry), "account:reset cloud", "no");
        assertThat(run.status()).isEqualTo(ExitStatus.REFUSED);
        assertThat(desk.set).isEmpty();

        assertThat(
                        CommandRun.answering(
                                        new ResetAccount(desk, registry),
                                        "account:reset cloud",
                                        "cloud")
                                .status())
                .isEqualTo(ExitStatus.DONE);
        assertThat(desk.set).isEqualTo("cloud reset");
        assertThat(
                        CommandRun.of(new ResetAccount(desk, registry), "account:reset corp --yes")
                                .failure())
                .contains("account:set corp");
    }

    @Test
    void reset_ofAConnectorWithoutSecret_saysThatThereIsNone() {
        assertThat(
                        CommandRun.of(
                                        new ResetAccount(desk, registry),
                                        "account:reset people --yes")
                                .failure())
                .contains("signs in without a secret");
    }

    @Test
    void reset_dryRun_changesNothing() {
        CommandRun run =
                CommandRun.of(new ResetAccount(desk, registry), "account:reset cloud --dry-run");
        assertThat(run.status()).isEqualTo(ExitStatus.DONE);
        assertThat(desk.set).isEmpty();
    }

    @Test
    void test_endsAsTheAccountWorks() {
        assertThat(CommandRun.of(new TestAccount(desk, registry), "account:test corp").status())
                .isEqualTo(ExitStatus.DONE);
        assertThat(CommandRun.of(new TestAccount(desk, registry), "account:test cloud").status())
                .isEqualTo(ExitStatus.REFUSED);
    }
}
