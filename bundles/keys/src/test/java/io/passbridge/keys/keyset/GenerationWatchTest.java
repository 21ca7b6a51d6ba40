/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.keyset;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.event.EventType;
import io.passbridge.keys.KeyException.Kind;
import io.passbridge.keys.file.KeySetFile;
import io.passbridge.keys.keeper.KeySetState.Locked;
import io.passbridge.keys.keeper.KeySetState.Open;
import io.passbridge.keys.keeper.StatusReport;
import io.passbridge.store.KeySetMarks;
import io.passbridge.store.ServerId;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerationWatchTest {
    @TempDir Path data;
    private final Marks marks = new Marks();
    private Server server;
    private GenerationWatch watch;

    private static final class Marks implements KeySetMarks {
        private final Map<String, Mark> stored = new HashMap<>();

        @Override
        public Optional<Mark> find(String server, String keySetId) {
            return Optional.ofNullable(stored.get(server + keySetId));
        }

        @Override
        public void put(String server, Mark mark) {
            stored.put(server + mark.keySetId(), mark);
        }
    }

    @BeforeEach
    void start() throws Exception {
        server = Server.started();
        watch = watching(0);
    }

    private GenerationWatch watching(long accepted) {
        GenerationWatch made =
                new GenerationWatch(server.events, new ServerId(data), "keyset.pbks", accepted);
        server.written = made::written;
        made.marks(marks, server.keeper);
        return made;
    }

    private byte[] copy() throws Exception {
        return server.folder.read(KeySetFile.CURRENT).orElseThrow();
    }

    /** The next start finds the given file. */
    private void startWith(byte[] file, long accepted) throws Exception {
        server.folder.create(KeySetFile.CURRENT, file);
        server = server.restarted();
        server.keeper.unlock(Optional.empty());
        watch = watching(accepted);
    }

    @Test
    void sameFile_isTakenAndSaysNothing() throws Exception {
        server.lifeCycle.add("alice", false);
        startWith(copy(), 0);
        assertThat(server.keeper.state()).isInstanceOf(Open.class);
        assertThat(watch.finding()).isEmpty();
        assertThat(server.journal.numbers()).doesNotContain(EventType.KEY_SET_OUTDATED.number());
    }

    @Test
    void olderCopyWithoutThePrimaryKey_isLockedUntilTheNewestIsBack() throws Exception {
        byte[] older = copy();
        server.lifeCycle.add("alice", false);
        byte[] newest = copy();

        startWith(older, 0);
        assertThat(server.keeper.state())
                .isInstanceOfSatisfying(
                        Locked.class,
                        locked -> {
                            assertThat(locked.reason().kind()).isEqualTo(Kind.OUTDATED);
                            assertThat(locked.reason())
                                    .hasMessageContaining("generation 1")
                                    .hasMessageContaining("generation 2");
                        });
        assertThat(StatusReport.of(server.keeper.state()).remedy()).contains("newest copy");
        assertThat(server.journal.numbers()).contains(EventType.KEY_SET_OUTDATED.number());

        startWith(newest, 0);
        assertThat(server.keeper.state()).isInstanceOf(Open.class);
    }

    @Test
    void storeThatComesLater_locksWhatWasOpenMeanwhile() throws Exception {
        byte[] older = copy();
        server.lifeCycle.add("alice", false);
        server.folder.create(KeySetFile.CURRENT, older);
        server = server.restarted();
        server.keeper.unlock(Optional.empty());
        watching(0);
        assertThat(server.keeper.state()).isInstanceOf(Locked.class);
    }

    @Test
    void olderCopyWithThePrimaryKey_isUsedWithAWarningUntilTheNextAct() throws Exception {
        byte[] older = copy();
        server.reprotection.changePassword("alice", Server.secret("another password"));
        server.protector.place("made by itself");

        startWith(older, 0);
        assertThat(server.keeper.state()).isInstanceOf(Open.class);
        assertThat(watch.finding().orElseThrow().text()).contains("older copy");
        assertThat(server.journal.numbers()).contains(EventType.KEY_SET_OUTDATED.number());

        server.lifeCycle.add("alice", false);
        assertThat(watch.finding()).isEmpty();
    }

    @Test
    void generationThatTheOperatorNames_isGoneOnWith() throws Exception {
        byte[] older = copy();
        server.lifeCycle.add("alice", false);
        startWith(older, 1);
        assertThat(server.keeper.state()).isInstanceOf(Open.class);
        startWith(copy(), 0);
        assertThat(server.keeper.state()).as("from here on").isInstanceOf(Open.class);
    }

    @Test
    void keyThatWasDestroyed_isNotMissed() throws Exception {
        int former = server.keeper.open().keySet().primary().id();
        server.written = keySet -> {}; // the store was away
        server.lifeCycle.add("alice", false);
        server.lifeCycle.disable("alice", former);
        server.lifeCycle.destroy("alice", former);
        startWith(copy(), 0);
        assertThat(server.keeper.state()).isInstanceOf(Open.class);
        assertThat(watch.finding()).isEmpty();
    }

    @Test
    void anotherKeyUnderTheSameNumber_isLocked() throws Exception {
        byte[] older = copy();
        server.lifeCycle.add("alice", false);
        server.folder.create(KeySetFile.CURRENT, older);
        server = server.restarted();
        server.keeper.unlock(Optional.empty());
        server.lifeCycle.add("bob", false); // while the store was away
        server.lifeCycle.add("bob", false);
        watching(0);
        assertThat(server.keeper.state()).isInstanceOf(Locked.class);
    }
}
