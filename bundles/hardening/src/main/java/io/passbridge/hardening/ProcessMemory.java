/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hardening;

import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import io.passbridge.health.Finding;

/** Who may read the memory of this process, and whether it may go to swap. */
final class ProcessMemory {
    private static final String SUBJECT = "process memory";

    private ProcessMemory() {}

    /** Closes the memory to other processes of the same account, or opens it. */
    static Finding close(boolean close) {
        try {
            if (!Platform.isLinux()) {
                return Finding.note(
                        SUBJECT,
                        "this system offers no call that closes the memory of a process",
                        "Run the platform under an account of its own that nobody signs in to");
            }
            SystemCalls system = SystemCalls.load();
            int wanted = close ? 0 : 1;
            if (dumpable(system) != wanted) {
                prctl(system, SystemCalls.PR_SET_DUMPABLE, wanted);
            }
            if (dumpable(system) != 0) {
                return Finding.warning(
                        SUBJECT,
                        "other processes of the same account can read the memory of this one",
                        "Set closeMemory=true in etc/io.passbridge.hardening.cfg");
            }
            return Finding.ok(
                    SUBJECT, "closed to other processes but root's: no core dumps, no debuggers");
        } catch (LastErrorException e) {
            return Finding.warning(
                    SUBJECT,
                    "the system refused to close it: error " + e.getErrorCode(),
                    "Look for a seccomp filter or security module that forbids prctl");
        } catch (LinkageError e) {
            return withoutJna(e);
        }
    }

    /** Keeps memory out of swap. */
    static Finding lock() {
        try {
            if (!Platform.isLinux()) {
                return Finding.note(
                        SUBJECT,
                        "this system offers no lock for the memory of a whole process",
                        "Encrypt the page file");
            }
            SystemCalls.load()
                    .mlockall(
                            SystemCalls.MCL_CURRENT
                                    | SystemCalls.MCL_FUTURE
                                    | SystemCalls.MCL_ONFAULT);
            return Finding.ok(SUBJECT, "locked: it is never written to swap");
        } catch (LastErrorException e) {
            return Finding.warning(
                    SUBJECT,
                    "it cannot be locked: error " + e.getErrorCode(),
                    "Set LimitMEMLOCK=infinity in the platform's unit (ulimit -l unlimited)");
        } catch (LinkageError e) {
            return withoutJna(e);
        }
    }

    private static int dumpable(SystemCalls system) {
        return prctl(system, SystemCalls.PR_GET_DUMPABLE, 0);
    }

    private static int prctl(SystemCalls system, int option, int value) {
        NativeLong none = new NativeLong(0);
        return system.prctl(option, new NativeLong(value), none, none, none);
    }

    private static Finding withoutJna(LinkageError e) {
        return Finding.warning(
                SUBJECT,
                "nothing could be done for it: " + e,
                "Start the bundle com.sun.jna, and let java.io.tmpdir be a folder that is not"
                        + " mounted noexec");
    }
}
