/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.exec;

import io.passbridge.shell.kit.CommandThread;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Brings interrupts of one client to the commands that they are meant for, also to one that has not
 * begun yet, and to none that comes later. Thread-safe.
 */
final class Interrupts {
    private final Set<CommandThread> commands = new HashSet<>();

    /** Requests that have come and are not served yet. */
    private int expected;

    private boolean due;

    /** What an interrupt met. */
    enum Met {
        /** A command that runs. */
        COMMAND,
        /** A request whose command has not begun; it is interrupted when it does. */
        REQUEST,
        /** The same a second time: perhaps none of our commands will begin. */
        REQUEST_AGAIN,
        /** Nothing that it could be meant for. */
        NOTHING
    }

    /** A request has come and will be served. */
    synchronized void expect() {
        expected++;
    }

    /** The request has been served in this thread: what was meant for it ends here. */
    synchronized void served() {
        expected--;
        due = false;
        Thread.interrupted();
        notifyAll();
    }

    synchronized void begins(CommandThread command) {
        commands.add(command);
        if (due) {
            due = false;
            command.interrupt();
        }
    }

    synchronized void ended(CommandThread command) {
        commands.remove(command);
    }

    /** Interrupts the commands that run, which then say what they leave behind. */
    synchronized Met interrupt() {
        if (!commands.isEmpty()) {
            commands.forEach(CommandThread::interrupt);
            return Met.COMMAND;
        }
        if (expected == 0) {
            return Met.NOTHING;
        }
        Met met = due ? Met.REQUEST_AGAIN : Met.REQUEST;
        due = true;
        return met;
    }

    /**
     * Waits until no request is left to be served.
     *
     * @return whether none is
     */
    synchronized boolean awaitServed(long seconds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        for (long left = end - System.nanoTime();
                expected > 0 && left > 0;
                left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return expected == 0;
    }

    /** Sends something to the client; a command that does so is not interrupted meanwhile. */
    void write(CommandThread.Writing what) throws IOException {
        Optional<CommandThread> caller;
        synchronized (this) {
            caller = commands.stream().filter(CommandThread::isCurrent).findFirst();
        }
        if (caller.isPresent()) {
            caller.get().write(what);
        } else {
            what.run();
        }
    }
}
