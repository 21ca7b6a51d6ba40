/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.following;

import io.passbridge.connector.ChangeSignal;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ldif.record.FileState;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Looks at the file's size and time every moment: notifications of the operating system do not
 * cross network file systems, and one look costs microseconds.
 */
public final class FileSignal implements ChangeSignal {
    private static final long LEAST_MILLIS = 100;
    private static final long MOST_MILLIS = 1_000;

    private final SettleGate gate;
    private final ScheduledExecutorService executor;
    private final long periodMillis;

    public FileSignal(SettleGate gate, ScheduledExecutorService executor) {
        this.gate = gate;
        this.executor = executor;
        this.periodMillis =
                Math.max(LEAST_MILLIS, Math.min(MOST_MILLIS, gate.settle().toMillis() / 2));
    }

    @Override
    public Subscription subscribe(Runnable listener) {
        Watch watch = new Watch(listener);
        ScheduledFuture<?> task =
                executor.scheduleWithFixedDelay(
                        watch::look, periodMillis, periodMillis, TimeUnit.MILLISECONDS);
        return () -> task.cancel(false);
    }

    private final class Watch {
        private final Runnable listener;
        private FileState told;
        private boolean toldAbandoned;

        private Watch(Runnable listener) {
            this.listener = listener;
        }

        /**
         * Tells once that a change is complete, and once more if a last record without its end was
         * held back and counts from now on.
         */
        private void look() {
            SettleGate.Look look;
            try {
                look = gate.look();
            } catch (ConnectorException absent) {
                // whoever reads the file says so; the signal has nothing to tell
                return;
            }
            boolean news = look.settled() && !look.state().equals(told);
            boolean late = look.abandoned() && gate.heldBack() && !toldAbandoned;
            if (news || late) {
                told = look.state();
                toldAbandoned = look.abandoned();
                listener.run();
            }
        }
    }
}
