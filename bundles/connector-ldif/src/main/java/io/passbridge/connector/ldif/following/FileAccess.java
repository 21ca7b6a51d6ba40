/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.following;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.ldif.record.FileRecord;
import io.passbridge.connector.ldif.record.FileState;
import io.passbridge.connector.ldif.record.LdifFile;
import io.passbridge.connector.ldif.record.RecordStream;
import io.passbridge.connector.ldif.user.EntryMapping;
import io.passbridge.connector.ldif.user.FilePass;
import io.passbridge.connector.ldif.user.PresentUsers;
import io.passbridge.credential.SourceAnchor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * What the capabilities of one instance share: the file, when it may be read, one reader at a time,
 * and the end of it all.
 */
public final class FileAccess implements AutoCloseable {
    private static final long EXTRA_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LdifFile file;
    private final EntryMapping mapping;
    private final SettleGate gate;
    private final String reading;

    /** In turns: what one route has appended to prove waits until the others have what is new. */
    private final ReentrantLock lock = new ReentrantLock(true);

    private final CountDownLatch closing = new CountDownLatch(1);
    private RecordPlaces places;

    /**
     * @param reading what decides which users the file gives: what was read under another has to be
     *     read again
     */
    public FileAccess(LdifFile file, EntryMapping mapping, SettleGate gate, String reading) {
        this.reading = reading;
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

    String reading() {
        return reading;
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
            throw FileState.unreadable(file.path(), trouble);
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
                        file.path()
                                + " is still being written ("
                                + first.size()
                                + " bytes, then "
                                + look.state().size()
                                + "); it is read once it has been unchanged for "
                                + gate.settle().toMillis()
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

    /** What the whole file says of users now. */
    PresentUsers present(SettleGate.Look look, Collection<SourceAnchor> anchors)
            throws IOException {
        FilePass whole =
                (names, visitor) -> {
                    try (RecordStream records = file.beginning(look.state().size())) {
                        FileRecord record;
                        while ((record = records.next(look.abandoned())) != null) {
                            visitor.visit(record, records.recordLine());
                        }
                    }
                };
        return PresentUsers.of(whole, mapping, look.state(), anchors, Set.of());
    }

    /**
     * The same of users of whom it speaks again, from their places once these are known.
     *
     * @param again users who are described again, with the names under which they are
     * @param dns normalized names of which change records speak
     */
    PresentUsers presentAgain(
            SettleGate.Look look, Map<SourceAnchor, String> again, Set<String> dns)
            throws IOException {
        Optional<FilePass> few =
                Optional.ofNullable(places)
                        .flatMap(p -> p.pass(look.state(), look.abandoned(), again, dns));
        if (few.isPresent()) {
            try {
                return PresentUsers.of(few.get(), mapping, look.state(), again.keySet(), dns);
            } catch (RecordPlaces.StaleException rewritten) {
                forgetPlaces();
            }
        }
        FilePass whole =
                (names, visitor) ->
                        places =
                                RecordPlaces.of(
                                        file,
                                        mapping,
                                        look.state().size(),
                                        look.abandoned(),
                                        bytes -> {},
                                        visitor);
        return PresentUsers.of(whole, mapping, look.state(), again.keySet(), dns);
    }

    /**
     * Passes over what has been dealt with, and notes where it describes whom, so that a change
     * that follows needs no pass of its own.
     *
     * @param end of it
     * @param bytes sees all of it
     * @param visitor sees each record
     */
    void passOver(long end, Consumer<ByteBuffer> bytes, FilePass.Visitor visitor)
            throws IOException {
        places = RecordPlaces.of(file, mapping, end, true, bytes, visitor);
    }

    /** The file is another one. */
    void forgetPlaces() {
        places = null;
    }

    /** Fails if the file is no longer what it was when the reading began: what was read is void. */
    void requireUnchanged(FileState before) throws ConnectorException {
        if (!FileState.of(file.path()).equals(before)) {
            throw new ConnectorException(
                    Kind.UNREACHABLE,
                    file.path()
                            + " was changed while it was read; it is read again once it has been"
                            + " unchanged for "
                            + gate.settle().toMillis()
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
