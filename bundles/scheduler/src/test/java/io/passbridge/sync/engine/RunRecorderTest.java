/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.store.RunHistory;
import io.passbridge.store.StoreException;
import io.passbridge.sync.page.PageResult;
import io.passbridge.sync.route.CycleFailure;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RunRecorderTest {
    private static final PageResult TEN = new PageResult(10, 10, 0, 0, 0, 0);

    private final Rows rows = new Rows();
    private final RunRecorder recorder = new RunRecorder("r", rows, Clock.systemUTC());

    @Test
    void endThatTheStoreWasNotThereFor_isRecordedWithTheNextRun() {
        recorder.begin(true);
        assertThat(recorder.record(TEN)).isPresent();
        rows.away = true;
        recorder.end(TEN, stored("connection refused"), 0);
        recorder.begin(true);
        recorder.end(TEN, stored("still away"), 0);
        rows.away = false;

        recorder.begin(true);
        recorder.end(TEN, Optional.empty(), 0);

        assertThat(rows.list("", 9))
                .extracting(RunHistory.Run::result)
                .as("none is left running")
                .containsExactly(RunHistory.Result.FAILED, RunHistory.Result.SUCCESS);
    }

    private static Optional<CycleFailure> stored(String words) {
        return Optional.of(new CycleFailure(CycleFailure.Kind.STORE, "store: " + words));
    }

    @Test
    void runsThatFailForOneCause_shareARecord_whateverTheWords() {
        recorder.begin(false);
        recorder.end(PageResult.NONE, stored("no answer after 3001 ms"), 0);
        recorder.begin(false);
        recorder.end(PageResult.NONE, stored("no answer after 3002 ms"), 0);
        assertThat(rows.list("", 9))
                .extracting(RunHistory.Run::reason)
                .containsExactly("store: no answer after 3002 ms");
        recorder.begin(false);
        recorder.end(PageResult.NONE, Optional.empty(), 0);
        assertThat(rows.list("", 9)).hasSize(2);
    }

    /** A history that can be away. */
    private static final class Rows implements RunHistory {
        private final Map<Long, Run> runs = new TreeMap<>();
        private boolean away;
        private long latest;

        @Override
        public void put(Run run, long fencingToken) throws StoreException {
            requireHere();
            runs.put(run.id(), run);
        }

        @Override
        public long nextId() throws StoreException {
            requireHere();
            return ++latest;
        }

        @Override
        public List<Run> list(String route, int limit) {
            return new ArrayList<>(runs.values());
        }

        @Override
        public int purge(Instant before) {
            return 0;
        }

        private void requireHere() throws StoreException {
            if (away) {
                throw new StoreException(StoreException.Kind.UNAVAILABLE, "connection refused");
            }
        }
    }

    @Test
    void runThatFindsNothing_isNoSuccess_whileSomebodyIsLeftOut() {
        recorder.begin(false);
        assertThat(recorder.end(PageResult.NONE, Optional.empty(), 1).result())
                .isEqualTo(RunHistory.Result.PARTLY);
        recorder.begin(false);
        assertThat(recorder.end(PageResult.NONE, Optional.empty(), 0).result())
                .isEqualTo(RunHistory.Result.SUCCESS);
    }
}
