/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.systemd;

import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLong;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Where systemd takes notices: the socket that NOTIFY_SOCKET names. */
final class NotifySocket implements Notices {
    /** The path of a {@code sockaddr_un} has so many bytes. */
    private static final int LONGEST_PATH = 108;

    private final String name;
    private final byte[] address;

    /**
     * @param name a path, or after an {@code @} a name in the abstract space
     * @throws IllegalArgumentException if it is neither
     */
    NotifySocket(String name) {
        this.name = name;
        byte[] path = name.getBytes(StandardCharsets.UTF_8);
        boolean hidden = name.startsWith("@");
        if (path.length >= LONGEST_PATH || !hidden && !name.startsWith("/")) {
            throw new IllegalArgumentException(
                    "NOTIFY_SOCKET is '"
                            + name
                            + "', which is neither a path below / nor a name after @ of less than "
                            + LONGEST_PATH
                            + " bytes");
        }
        ByteBuffer built =
                ByteBuffer.allocate(Short.BYTES + path.length + (hidden ? 0 : 1))
                        .order(ByteOrder.nativeOrder())
                        .putShort((short) SystemCalls.AF_UNIX)
                        .put(path);
        if (hidden) {
            built.put(Short.BYTES, (byte) 0);
        }
        this.address = built.array();
    }

    @Override
    public void send(String notice) throws IOException {
        byte[] data = notice.getBytes(StandardCharsets.UTF_8);
        try {
            SystemCalls system = SystemCalls.load();
            int socket =
                    system.socket(
                            SystemCalls.AF_UNIX,
                            SystemCalls.SOCK_DGRAM | SystemCalls.SOCK_CLOEXEC,
                            0);
            try {
                system.sendto(
                        socket, data, new NativeLong(data.length), 0, address, address.length);
            } finally {
                system.close(socket);
            }
        } catch (LastErrorException e) {
            throw new IOException(name + " takes no notice: error " + e.getErrorCode(), e);
        } catch (LinkageError e) {
            throw new IOException(
                    "without the bundle com.sun.jna nothing can be told to " + name + ": " + e, e);
        }
    }

    byte[] address() {
        return address.clone();
    }
}
