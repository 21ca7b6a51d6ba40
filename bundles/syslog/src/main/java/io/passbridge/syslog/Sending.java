/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.syslog;

import io.passbridge.event.EventType.Severity;
import io.passbridge.event.Journal;
import io.passbridge.event.JournalException;
import io.passbridge.event.JournalMark;
import io.passbridge.event.JournalRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what the journal has and the receiver has not, over one connection. What was sent shortly
 * before a connection broke may be lost on the way, hence it counts as sent after a while only, and
 * is sent again over the next connection: a record may come twice, and none is missing. Used by one
 * thread.
 */
final class Sending {
    private static final Logger LOG = LoggerFactory.getLogger(Sending.class);
    private static final int PAGE = 200;
    private static final Duration POLL = Duration.ofMillis(500);

    private final Journal journal;
    private final JournalMark mark;
    private final SyslogFormat format;
    private final Severity least;
    private final Duration certainty;
    private final Deque<Sent> uncertain = new ArrayDeque<>();

    private record Sent(JournalRecord last, long atNanos) {}

    /**
     * @param certainty after which time a connection that still stands has brought what was sent
     */
    Sending(
            Journal journal,
            JournalMark mark,
            SyslogFormat format,
            Severity least,
            Duration certainty) {
        this.journal = journal;
        this.mark = mark;
        this.format = format;
        this.least = least;
        this.certainty = certainty;
    }

    /**
     * Goes on until the end is asked for.
     *
     * @throws IOException if the connection breaks or the mark cannot be written
     */
    void run(SyslogConnection connection, CountDownLatch end)
            throws IOException, JournalException, InterruptedException {
        JournalRecord before = null;
        boolean last;
        do {
            last = end.getCount() == 0;
            List<JournalRecord> page =
                    before == null ? journal.after(mark.read(journal), PAGE) : after(before);
            if (before != null && !isThere(before, page)) {
                LOG.warn(
                        "Record {} was sent and is no longer in the journal: what took its place is"
                                + " sent over another connection",
                        before.sequence());
                return;
            }
            List<JournalRecord> due = before == null ? page : page.subList(1, page.size());
            connection.send(
                    due.stream()
                            .filter(record -> record.severity().compareTo(least) >= 0)
                            .map(format::frame)
                            .toList());
            if (!due.isEmpty()) {
                JournalRecord newest = due.get(due.size() - 1);
                before = newest;
                uncertain.add(new Sent(newest, System.nanoTime()));
            }
            settle();
            if (page.size() >= PAGE) {
                last = false;
            } else if (!last) {
                end.await(POLL.toMillis(), TimeUnit.MILLISECONDS);
            }
        } while (!last);
        if (connection.finish() && !uncertain.isEmpty()) {
            mark.write(uncertain.getLast().last());
        }
    }

    /** A record that was sent, if it is still there, and what follows it. */
    private List<JournalRecord> after(JournalRecord sent) throws JournalException {
        return journal.after(sent.sequence() - 1, PAGE + 1);
    }

    /**
     * A database that took the place of the former one and lacks what that one got last gives the
     * numbers to other records.
     */
    private static boolean isThere(JournalRecord sent, List<JournalRecord> page) {
        return !page.isEmpty() && page.get(0).hash().equals(sent.hash());
    }

    private void settle() throws IOException {
        JournalRecord certain = null;
        while (!uncertain.isEmpty()
                && System.nanoTime() - uncertain.peek().atNanos() >= certainty.toNanos()) {
            certain = uncertain.poll().last();
        }
        if (certain != null) {
            mark.write(certain);
        }
    }
}
