/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.store.RunHistory;
import io.passbridge.store.StoreException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RunRecorderTest {
    private static final PageResult TEN = new PageResult(10, 10, 0, 0, 0, 0);

    private final Rows rows = new Rows();
    private final RunRecorder recorder = new RunRecorder("r", rows, Clock.systemUTC());

    @Test
    void endThatTheStoreWasNotThereFor_isRecordedWithTheNextRun() {
        recorder.begin(true);
        recorder.progress(TEN);
        rows.away = true;
        recorder.end(TEN, "store: connection refused", 0);
        recorder.begin(true);
        recorder.end(TEN, "store: still away", 0);
        rows.away = false;

        recorder.begin(true);
        recorder.end(TEN, "", 0);

        assertThat(rows.list("", 9))
                .extracting(RunHistory.Run::result)
                .as("none is left running")
                .containsExactly("failed", "success");
    }

    /** A history that can be away. */
    private static final class Rows implements RunHistory {
        private final Map<Long, Run> runs = new TreeMap<>();
        private boolean away;
        private long latest;

        @Override
        public void put(Run run) throws StoreException {
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
        assertThat(recorder.end(new PageResult(0, 0, 0, 0, 0, 0), "", 1).result())
                .isEqualTo("partly");
        recorder.begin(false);
        assertThat(recorder.end(new PageResult(0, 0, 0, 0, 0, 0), "", 0).result())
                .isEqualTo("success");
    }
}
