/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.keyset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.event.EventType;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import io.passbridge.keys.KeyStatus;
import io.passbridge.keys.SealedValue;
import io.passbridge.keys.file.KeySetFile;
import java.io.IOException;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LifeCycleTest {
    private Server server;

    @BeforeEach
    void start() throws Exception {
        server = Server.started();
    }

    private KeyStatus status(int key) throws KeyException {
        return server.keeper.open().keySet().key(key).orElseThrow().status();
    }

    @Test
    void add_newKey_isPrimaryAndOldValuesStayReadable() throws Exception {
        server.store("corp", "before");
        assertThat(server.lifeCycle.add("anna", false).id()).isEqualTo(2);
        server.store("cloud", "after");

        assertThat(status(1)).isEqualTo(KeyStatus.DECRYPT_ONLY);
        Server again = server.restarted();
        again.keeper.unlock(Optional.empty());
        assertThat(again.holds("corp", "before")).isTrue();
        assertThat(again.holds("cloud", "after")).isTrue();
    }

    /** What was written is opened before it takes the place of what is there. */
    @Test
    void add_onADiskThatAltersABit_leavesTheKeySetAsItWas() throws Exception {
        server.store("corp", "secret");
        byte[] before = server.folder.files().get(KeySetFile.CURRENT).clone();
        for (int place = 0; place < before.length; place += 7) {
            server.folder.flipNextAt(place);
            assertThatThrownBy(() -> server.lifeCycle.add("anna", false))
                    .as("a bit of byte %d", place)
                    .isInstanceOf(KeyException.class);
            assertThat(server.folder.files().get(KeySetFile.CURRENT)).isEqualTo(before);
        }
        Server again = server.restarted();
        again.keeper.unlock(Optional.empty());
        assertThat(again.holds("corp", "secret")).isTrue();
    }

    @Test
    void events_nameStatesAsTheListOfKeysDoes() throws Exception {
        server.lifeCycle.add("anna", false);
        server.lifeCycle.disable("anna", 1);
        assertThat(server.journal.records)
                .anyMatch(r -> "primary".equals(r.attributes().get("state")))
                .anyMatch(r -> "decrypt-only".equals(r.attributes().get("before")))
                .noneMatch(r -> r.attributes().toString().contains("DECRYPT_ONLY"));
    }

    @Test
    void add_pending_sealsNothingUntilPromoted() throws Exception {
        server.lifeCycle.add("anna", true);
        assertThat(server.keeper.open().keySet().primary().id()).isEqualTo(1);
        server.lifeCycle.promote("anna", 2);
        assertThat(server.keeper.open().keySet().primary().id()).isEqualTo(2);
    }

    @Test
    void disable_key_stopsItsValuesUntilEnabled() throws Exception {
        server.store("corp", "secret");
        server.lifeCycle.add("anna", false);
        server.lifeCycle.disable("anna", 1);
        assertRefused(
                () ->
                        server.sealing.open(
                                server.owner.values.get("corp"), FakeOwner.binding("corp")),
                "keys:enable 1");
        server.lifeCycle.enable("anna", 1);
        assertThat(server.holds("corp", "secret")).isTrue();
    }

    @Test
    void disable_primary_isRefused() {
        assertRefused(() -> server.lifeCycle.disable("anna", 1), "key 1 is primary");
    }

    @Test
    void promote_disabledKey_isRefused() throws Exception {
        server.lifeCycle.add("anna", false);
        server.lifeCycle.disable("anna", 1);
        assertRefused(() -> server.lifeCycle.promote("anna", 1), "key 1 is disabled");
    }

    @Test
    void promote_compromisedKey_isRefused() throws Exception {
        server.lifeCycle.add("anna", false);
        server.lifeCycle.markCompromised("anna", 1);
        assertRefused(() -> server.lifeCycle.promote("anna", 1), "never primary again");
    }

    @Test
    void destroy_keyThatStillSealsAValue_isRefusedWithTheNumber() throws Exception {
        server.store("corp", "secret");
        server.lifeCycle.add("anna", false);
        server.lifeCycle.disable("anna", 1);
        assertRefused(() -> server.lifeCycle.planDestroy(1), "key 1 still seals 1 value");
        assertRefused(() -> server.lifeCycle.destroy("anna", 1), "key 1 still seals 1 value");
    }

    @Test
    void destroy_storeAbsent_isRefusedSinceNothingIsKnown() throws Exception {
        server.lifeCycle.add("anna", false);
        server.lifeCycle.disable("anna", 1);
        server.owners.remove(server.owner);
        assertRefused(() -> server.lifeCycle.planDestroy(1), "the store is not running");
        assertRefused(() -> server.lifeCycle.destroy("anna", 1), "the store is not running");
    }

    @Test
    void destroy_notDisabledFirst_isRefused() throws Exception {
        server.lifeCycle.add("anna", false);
        assertRefused(() -> server.lifeCycle.planDestroy(1), "keys:disable 1 first");
        assertRefused(() -> server.lifeCycle.destroy("anna", 1), "keys:disable 1 first");
    }

    @Test
    void destroy_whileValuesAreRewritten_isRefused() throws Exception {
        server.lifeCycle.add("anna", false);
        server.lifeCycle.disable("anna", 1);
        server.owners.startRewriting();
        assertRefused(() -> server.lifeCycle.planDestroy(1), "being rewritten");
        assertRefused(() -> server.lifeCycle.destroy("anna", 1), "being rewritten");
    }

    @Test
    void destroy_disabledUnusedKey_leavesATombstoneAndNoBytes() throws Exception {
        server.store("corp", "secret");
        SealedValue sealedUnderOne = server.owner.values.remove("corp");
        server.lifeCycle.add("anna", false);
        server.lifeCycle.disable("anna", 1);
        server.lifeCycle.destroy("anna", 1);

        assertThat(server.folder.files()).doesNotContainKey(KeySetFile.PREVIOUS);
        Server again = server.restarted();
        again.keeper.unlock(Optional.empty());
        assertThat(again.keeper.open().ring().key(1)).isEmpty();
        assertThatThrownBy(() -> again.sealing.open(sealedUnderOne, FakeOwner.binding("corp")))
                .isInstanceOfSatisfying(
                        KeyException.class,
                        e -> assertThat(e.kind()).isEqualTo(Kind.KEY_DESTROYED));
        assertThat(again.lifeCycle.add("anna", false).id()).isEqualTo(3);
    }

    @Test
    void anyAct_journalCannotBeWritten_isRefusedAndChangesNothing() throws Exception {
        server.journal.refuse(true);
        assertRefused(() -> server.lifeCycle.add("anna", false), "journal cannot be written");
        assertThat(server.keeper.open().keySet().keys()).hasSize(1);
        assertThat(server.keeper.open().keySet().generation()).isEqualTo(1);
    }

    @Test
    void add_diskFull_saysSoChangesNothingAndJournalsTheFailure() throws Exception {
        server.folder.failAt(0, new IOException("No space left on device"));
        assertRefused(() -> server.lifeCycle.add("anna", false), "No space left on device");
        assertThat(server.keeper.open().keySet().keys()).hasSize(1);
        assertThat(server.journal.numbers())
                .endsWith(EventType.KEY_ACT_BEGUN.number(), EventType.KEY_ACT_FAILED.number());
        assertThat(server.journal.records.get(2).attributes())
                .containsEntry("act", "9013 key added")
                .hasEntrySatisfying("reason", text -> assertThat(text).contains("No space left"));
        server.folder.mend();
        assertThat(server.lifeCycle.add("anna", false).id()).isEqualTo(2);
        assertThat(server.journal.numbers())
                .endsWith(EventType.KEY_ACT_BEGUN.number(), EventType.KEY_ADDED.number());
    }

    @Test
    void act_onUnknownKey_isRefused() {
        assertRefused(() -> server.lifeCycle.enable("anna", 9), "there is no key 9");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void acts_killedBetweenAnyTwoWrites_leaveTheStateBeforeOrAfter(boolean half) throws Exception {
        for (int step = 0; step < 16; step++) {
            Server victim = Server.started();
            victim.store("corp", "secret");
            victim.folder.killAt(step, half);
            int done = 0;
            try {
                victim.lifeCycle.add("anna", false);
                done++;
                victim.lifeCycle.disable("anna", 1);
                done++;
                victim.lifeCycle.enable("anna", 1);
                done++;
            } catch (FaultyFolder.Killed e) {
                assertThat(done).isLessThan(3);
            }
            Server again = victim.restarted();
            again.keeper.unlock(Optional.empty());
            long generation = again.keeper.open().keySet().generation();
            assertThat(generation).isBetween(1L + done, 2L + done);
            if (again.keeper.open().keySet().key(1).orElseThrow().status() == KeyStatus.DISABLED) {
                again.lifeCycle.enable("anna", 1);
            }
            assertThat(again.holds("corp", "secret")).isTrue();
        }
    }

    private static void assertRefused(ThrowingCallable call, String text) {
        assertThatThrownBy(call).isInstanceOf(KeyException.class).hasMessageContaining(text);
    }
}
