/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.systemd;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;

/** The calls of the C library that a datagram to a socket of this machine needs; Java has none. */
interface SystemCalls extends Library {
    int AF_UNIX = 1;
    int SOCK_DGRAM = 2;
    int SOCK_CLOEXEC = 0x80000;

    /** The C library of the process. */
    static SystemCalls load() {
        return Native.load("c", SystemCalls.class);
    }

    int socket(int domain, int type, int protocol) throws LastErrorException;

    NativeLong sendto(
            int socket,
            byte[] data,
            NativeLong length,
            int flags,
            byte[] address,
            int addressLength)
            throws LastErrorException;

    int close(int socket) throws LastErrorException;
}
