/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hardening;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;

/** The calls of the C library that jna-platform does not have; prctl(2) and mlockall(2). */
interface SystemCalls extends Library {
    int PR_GET_DUMPABLE = 3;
    int PR_SET_DUMPABLE = 4;

    int MCL_CURRENT = 1;
    int MCL_FUTURE = 2;

    /** Lock pages when they are first used, not the whole address space that a JVM reserves. */
    int MCL_ONFAULT = 4;

    /** The C library of the process. */
    static SystemCalls load() {
        return Native.load("c", SystemCalls.class);
    }

    int prctl(int option, NativeLong second, NativeLong third, NativeLong fourth, NativeLong fifth)
            throws LastErrorException;

    int mlockall(int flags) throws LastErrorException;

    int munlockall() throws LastErrorException;
}
