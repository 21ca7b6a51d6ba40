/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.keys.KeyException.Kind;
import io.passbridge.shell.kit.CommandRun;
import io.passbridge.shell.kit.ExitStatus;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeyCommandsTest {
    private final FakeKeys keys = new FakeKeys();

    @Test
    void status_neverExported_saysSoWithTheRemedy() {
        CommandRun run = CommandRun.of(new KeysStatus(keys), "keys:status");
        assertThat(run.out()).contains("unlocked", "6f2c9c1e", "missing; keys:export FILE");
    }

    @Test
    void status_asJson_holdsTheState() {
        CommandRun run = CommandRun.of(new KeysStatus(keys), "keys:status --json");
        assertThat(run.out())
                .startsWith("{\"unlocked\":true")
                .contains("\"exportOutdated\":true")
                .as("what is inside of a status stands beside the rest")
                .doesNotContain("\"status\"");
    }

    @Test
    void status_withAJournal_tellsTheLastVerification() throws Exception {
        FixedJournal journal = new FixedJournal();
        CommandRun before = CommandRun.of(new KeysStatus(keys, journal), "keys:status");
        assertThat(before.out()).containsPattern("last verified +-");
        journal.record(
                EventType.VALUES_VERIFIED,
                "key set 6f2c9c1e-52a7-4d0c-9d43-0f6a3a1d7b11",
                Map.of(Fact.OPENED, "2 of 3"));
        CommandRun run = CommandRun.of(new KeysStatus(keys, journal), "keys:status");
        assertThat(run.out()).containsPattern("last verified +20").containsPattern("then +2 of 3");
    }

    @Test
    void list_showsStatesAndFingerprints() {
        CommandRun run = CommandRun.of(new ListKeys(keys), "keys:list");
        assertThat(run.out()).contains("decrypt-only", "primary", "0123456789abcdef");
    }

    @Test
    void passwd_thatIsTooShort_isNotAskedForAgain() {
        CommandRun run = CommandRun.answering(new ChangePassword(keys), "keys:passwd", "secret1");
        assertThat(run.failure()).contains("7 bytes", "8 to 1024", "Nothing was changed");
        assertThat(keys.calls).isEmpty();
    }

    @Test
    void unlock_causeMended_asksForNothing() {
        keys.unlocked = true;
        CommandRun run = CommandRun.of(new UnlockKeys(keys, keys), "keys:unlock");
        assertThat(run.status()).isEqualTo(ExitStatus.DONE);
    }

    @Test
    void unlock_stillLocked_asksAndStoresWhenTold() {
        keys.unlocked = false;
        CommandRun run =
                CommandRun.answering(new UnlockKeys(keys, keys), "keys:unlock --store", "right");
        assertThat(run.status()).isEqualTo(ExitStatus.DONE);
        assertThat(keys.calls).containsExactly("unlock by itself", "unlock right", "passwd right");
        assertThat(run.out()).doesNotContain("right");
    }

    @Test
    void unlock_wrongPassword_isRefused() {
        keys.unlocked = false;
        CommandRun run = CommandRun.answering(new UnlockKeys(keys, keys), "keys:unlock", "wrong");
        assertThat(run.status()).isEqualTo(ExitStatus.REFUSED);
        assertThat(run.failure()).contains("the password is wrong");
    }

    @Test
    void unlock_damagedFile_doesNotAskForAPassword() {
        keys.unlocked = false;
        keys.problem = Kind.DAMAGED;
        CommandRun run = CommandRun.of(new UnlockKeys(keys, keys), "keys:unlock");
        assertThat(run.status()).isEqualTo(ExitStatus.REFUSED);
        assertThat(keys.calls).containsExactly("unlock by itself");
    }

    @Test
    void passwd_twoEntriesDiffer_changesNothing() {
        CommandRun run =
                CommandRun.answering(new ChangePassword(keys), "keys:passwd", "one", "other");
        assertThat(run.status()).isEqualTo(ExitStatus.REFUSED);
        assertThat(keys.calls).isEmpty();
    }

    @Test
    void passwd_asked_saysWhereItIsStored() {
        CommandRun run =
                CommandRun.answering(
                        new ChangePassword(keys), "keys:passwd", "new password", "new password");
        assertThat(run.out()).contains("stored in a file").doesNotContain("new password");
    }

    @Test
    void lock_notConfirmed_changesNothing() {
        CommandRun run = CommandRun.answering(new LockKeys(keys, keys), "keys:lock", "no");
        assertThat(run.status()).isEqualTo(ExitStatus.REFUSED);
        assertThat(keys.unlocked).isTrue();
    }

    @Test
    void protect_withPin_handsItOver() {
        CommandRun run =
                CommandRun.answering(
                        new ProtectKeys(keys, keys), "keys:protect pkcs11 --ask", "1234");
        assertThat(run.status()).isEqualTo(ExitStatus.DONE);
        assertThat(keys.calls).containsExactly("protect pkcs11 1234");
    }

    @Test
    void lifeCycle_eachCommand_doesWhatItSays() {
        assertThat(CommandRun.of(new AddKey(keys), "keys:add --pending").out())
                .contains("Key 3 is pending");
        assertThat(CommandRun.of(new PromoteKey(keys, keys), "keys:promote 1").out())
                .contains("Key 1 is primary");
        assertThat(
                        CommandRun.of(
                                        new DisableKey(keys, keys, new FakeRecovery()),
                                        "keys:disable 1 --yes")
                                .out())
                .contains("Key 1 is disabled");
        assertThat(CommandRun.of(new EnableKey(keys, keys), "keys:enable 1").out())
                .contains("Key 1 is decrypt-only");
        assertThat(
                        CommandRun.answering(
                                        new CompromiseKey(keys, keys), "keys:compromise 1", "1")
                                .out())
                .contains("decrypt-only, compromised");
        assertThat(keys.calls)
                .containsExactly("add true", "promote 1", "disable 1", "enable 1", "compromise 1");
    }

    @Test
    void disable_valuesLeft_asksAndSaysWhatStopsWorking() {
        DisableKey disable = new DisableKey(keys, keys, new FakeRecovery());
        CommandRun planned = CommandRun.of(disable, "keys:disable 1 --dry-run");
        assertThat(planned.out()).contains("seals 5 stored values", "Nothing was changed");
        CommandRun refused = CommandRun.of(disable, "keys:disable 1");
        assertThat(refused.status()).isEqualTo(ExitStatus.REFUSED);
        assertThat(keys.calls).isEmpty();
        assertThat(CommandRun.answering(disable, "keys:disable 1", "1").status())
                .isEqualTo(ExitStatus.DONE);
        assertThat(CommandRun.of(disable, "keys:disable 1 --yes").status())
                .isEqualTo(ExitStatus.DONE);
    }

    @Test
    void disable_storeNotRunning_asks() {
        FakeRecovery values = new FakeRecovery();
        values.storeIsThere = false;
        CommandRun run =
                CommandRun.answering(new DisableKey(keys, keys, values), "keys:disable 1", "no");
        assertThat(run.status()).isEqualTo(ExitStatus.REFUSED);
        assertThat(run.out()).contains("cannot be told");
    }

    @Test
    void destroy_valuesLeft_isRefusedWithTheReason() {
        for (String how : new String[] {"--yes", "--dry-run", ""}) {
            CommandRun run =
                    CommandRun.answering(new DestroyKey(keys, keys), "keys:destroy 1 " + how, "1");
            assertThat(run.status()).isEqualTo(ExitStatus.REFUSED);
            assertThat(run.failure()).contains("still seals 7 values");
            assertThat(run.out()).as("refused before anybody is asked").isEmpty();
        }
    }

    @Test
    void destroy_unused_needsTheNumberTypedAndCanBeTriedBefore() {
        CommandRun tried = CommandRun.of(new DestroyKey(keys, keys), "keys:destroy 2 --dry-run");
        assertThat(tried.status()).isEqualTo(ExitStatus.DONE);
        assertThat(tried.out()).contains("Nothing was changed");
        CommandRun.answering(new DestroyKey(keys, keys), "keys:destroy 2", "no");
        assertThat(keys.calls).isEmpty();
        CommandRun run = CommandRun.answering(new DestroyKey(keys, keys), "keys:destroy 2", "2");
        assertThat(run.out()).contains("Key 2 is destroyed");
        assertThat(keys.calls).containsExactly("destroy 2");
    }

    @Test
    void compromise_dryRunOrUnknownKey_changesNothing() {
        assertThat(
                        CommandRun.of(new CompromiseKey(keys, keys), "keys:compromise 1 --dry-run")
                                .out())
                .contains("would be marked");
        assertThat(
                        CommandRun.of(new CompromiseKey(keys, keys), "keys:compromise 9 --yes")
                                .failure())
                .contains("there is no key 9");
        assertThat(keys.calls).isEmpty();
    }

    @Test
    void promote_noNumber_isMisuse() {
        CommandRun run = CommandRun.of(new PromoteKey(keys, keys), "keys:promote first");
        assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(run.failure()).contains("'first' is no key", "usage:");
    }
}
