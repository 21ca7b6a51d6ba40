/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.kit;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The thread of a command, which is interrupted between what it writes, never within: Java closes a
 * channel for good when the thread that writes to it is interrupted, and with it all that the
 * command, and the next one, still have to say. Thread-safe.
 */
public final class CommandThread {
    private final Thread thread;
    private int writing;
    private boolean interruptDue;

    private CommandThread(Thread thread) {
        this.thread = thread;
    }

    /** The calling thread, for one command. */
    public static CommandThread current() {
        return new CommandThread(Thread.currentThread());
    }

    /** Interrupts the thread, now or when it has written what it is writing. */
    public synchronized void interrupt() {
        if (writing > 0) {
            interruptDue = true;
        } else {
            thread.interrupt();
        }
    }

    /** Whether the caller is this thread. */
    public boolean isCurrent() {
        return thread == Thread.currentThread();
    }

    /** Something that writes. */
    @FunctionalInterface
    public interface Writing {
        void run() throws IOException;
    }

    /** Writes something in this thread, which is not interrupted meanwhile. */
    public void write(Writing what) throws IOException {
        if (!isCurrent()) {
            what.run();
            return;
        }
        begin();
        try {
            what.run();
        } finally {
            end();
        }
    }

    private synchronized void begin() {
        writing++;
        interruptDue |= Thread.interrupted();
    }

    private synchronized void end() {
        writing--;
        if (writing == 0 && interruptDue) {
            interruptDue = false;
            thread.interrupt();
        }
    }

    /** The same stream, written to without interruption. */
    PrintStream guard(PrintStream stream) {
        return new PrintStream(new Guarded(stream), true, StandardCharsets.UTF_8);
    }

    private final class Guarded extends FilterOutputStream {
        Guarded(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int single) throws IOException {
            CommandThread.this.write(() -> out.write(single));
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            CommandThread.this.write(() -> out.write(bytes, from, length));
        }

        @Override
        public void flush() throws IOException {
            CommandThread.this.write(out::flush);
        }
    }
}
