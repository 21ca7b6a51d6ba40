/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.kit;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * How far a long work is: a bar with rate and remaining time on a screen, a plain line now and then
 * elsewhere. Thread-safe; to be closed when the work ends, well or not, or when nobody waits for it
 * any more: what is reported after that is not shown.
 */
public final class Progress implements AutoCloseable {
    private static final long NANOS_A_SECOND = 1_000_000_000L;
    private static final long SCREEN_INTERVAL = NANOS_A_SECOND / 10;
    private static final long PLAIN_INTERVAL = 5 * NANOS_A_SECOND;
    private static final int LONGEST_BAR = 40;
    private static final int SHORTEST_BAR = 10;

    private final String title;
    private final PrintStream out;
    private final int screen;
    private final LongSupplier nanoTime;
    private final long start;
    private long lastShown;
    private long total = -1;
    private long done;
    private boolean shown;
    private boolean closed;

    /**
     * Starts at once.
     *
     * @param screen columns of the screen, or 0 if there is none
     */
    Progress(String title, PrintStream out, int screen, LongSupplier nanoTime) {
        this.title = title;
        this.out = out;
        this.screen = screen;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
        this.lastShown = start;
    }

    /** How much there is to do; below 0 if it is not known. May change at any time. */
    public synchronized void total(long amount) {
        total = amount;
    }

    /** How much is done by now. */
    public synchronized void done(long amount) {
        if (closed) {
            return;
        }
        done = amount;
        long now = nanoTime.getAsLong();
        if (done == 0 && total <= 0) {
            return;
        }
        if (now - lastShown >= (screen > 0 ? SCREEN_INTERVAL : PLAIN_INTERVAL)) {
            lastShown = now;
            show(now);
        }
    }

    private void show(long now) {
        shown = true;
        if (screen == 0) {
            out.println(title + ": " + numbers(now));
            out.flush();
            return;
        }
        String right = numbers(now);
        int room = screen - 1 - Text.width(title) - Text.width(right) - 4;
        String line = title + "  " + right;
        if (total > 0 && room >= SHORTEST_BAR) {
            int length = Math.min(LONGEST_BAR, room);
            int full = (int) (Math.min(done, total) * length / total);
            line = title + " [" + "#".repeat(full) + "-".repeat(length - full) + "] " + right;
        }
        String fitting = Text.wrap(line, screen - 1).get(0);
        out.print("\r" + Text.padRight(fitting, screen - 1));
        out.flush();
    }

    private String numbers(long now) {
        double seconds = Math.max(1, now - start) / (double) NANOS_A_SECOND;
        double rate = done / seconds;
        StringBuilder text = new StringBuilder();
        if (total > 0) {
            text.append(String.format(Locale.ROOT, "%3d%%  ", Math.min(done, total) * 100 / total));
        }
        text.append(String.format(Locale.ROOT, "%,d", done));
        if (total > 0) {
            text.append(String.format(Locale.ROOT, " of %,d", total));
        }
        text.append(String.format(Locale.ROOT, "  %,.0f/s", rate));
        if (total > done && rate > 0) {
            long left = (long) Math.ceil((total - done) / rate);
            text.append("  ").append(remaining(left)).append(" left");
        }
        return text.toString();
    }

    private static String remaining(long seconds) {
        return String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
    }

    /** Shows the last state, if anything was shown or done, and ends the line. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (done > 0 || total > 0) {
            show(nanoTime.getAsLong());
        }
        if (shown) {
            if (screen > 0) {
                out.println();
                out.flush();
            }
        }
    }
}
