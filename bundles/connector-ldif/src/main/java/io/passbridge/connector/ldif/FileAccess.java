/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.credential.SourceAnchor;
import java.io.IOException;
import java.util.Collection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What the capabilities of one instance share: the file, when it may be read, one reader at a time,
 * and the end of it all.
 */
final class FileAccess implements AutoCloseable {
    private static final long EXTRA_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LdifFile file;
    private final EntryMapping mapping;
    private final SettleGate gate;
    private final ReentrantLock lock = new ReentrantLock();
    private final CountDownLatch closing = new CountDownLatch(1);

    FileAccess(LdifFile file, EntryMapping mapping, SettleGate gate) {
        this.file = file;
        this.mapping = mapping;
        this.gate = gate;
    }

    /** Work on the file. */
    @FunctionalInterface
    interface Work<R> {
        R run() throws IOException, ConnectorException;
    }

    LdifFile file() {
        return file;
    }

    EntryMapping mapping() {
        return mapping;
    }

    SettleGate gate() {
        return gate;
    }

    /** Runs work alone, and turns what goes wrong with the file into words. */
    <R> R exclusively(Work<R> work) throws ConnectorException {
        lock.lock();
        try {
            requireOpen();
            return work.run();
        } catch (IOException trouble) {
            requireOpen();
            throw FileState.unreadable(file.settings().file(), trouble);
        } finally {
            lock.unlock();
        }
    }

    private void requireOpen() throws ConnectorException {
        if (closing.getCount() == 0) {
            throw new ConnectorException(Kind.UNREACHABLE, "the connector has been closed");
        }
    }

    /** Waits until nobody writes the file any more, but not much longer than that must take. */
    SettleGate.Look settled() throws ConnectorException {
        SettleGate.Look look = gate.look();
        FileState first = look.state();
        long until = System.nanoTime() + gate.nanosToSettle(look) + EXTRA_WAIT_NANOS;
        while (!look.settled()) {
            if (System.nanoTime() > until) {
                throw new ConnectorException(
                        Kind.UNREACHABLE,
                        file.settings().file()
                                + " is still being written ("
                                + first.size()
                                + " bytes, then "
                                + look.state().size()
                                + "); it is read once it has been unchanged for "
                                + file.settings().settle().toMillis()
                                + " ms");
            }
            pause(gate.nanosToSettle(look));
            look = gate.look();
        }
        return look;
    }

    private void pause(long nanos) throws ConnectorException {
        try {
            if (closing.await(Math.max(nanos, 1_000_000), TimeUnit.NANOSECONDS)) {
                requireOpen();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ConnectorException(Kind.UNREACHABLE, "waiting for the file was interrupted");
        }
    }

    EntryFold fold(SettleGate.Look look, Collection<SourceAnchor> anchors, Collection<String> dns)
            throws IOException {
        return EntryFold.of(file, mapping, look.state(), anchors, dns, look.abandoned());
    }

    /** Fails if the file is no longer what it was when the reading began: what was read is void. */
    void requireUnchanged(FileState before) throws ConnectorException {
        if (!FileState.of(file.settings().file()).equals(before)) {
            throw new ConnectorException(
                    Kind.UNREACHABLE,
                    file.settings().file()
                            + " was changed while it was read; it is read again once it has been"
                            + " unchanged for "
                            + file.settings().settle().toMillis()
                            + " ms");
        }
    }

    @Override
    public void close() {
        closing.countDown();
        file.close();
        // whoever still reads fails now; gone when the lock is free
        lock.lock();
        lock.unlock();
    }
}
