/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.exec;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import jdk.net.ExtendedSocketOptions;

/**
 * Who may give commands: the owner of the socket, and the superuser, who could read everything
 * anyway. The permissions of the folder say the same; this check holds if somebody changes them.
 */
record PeerCheck(String owner) {
    private static final String SUPERUSER = "root";

    static PeerCheck ownerOf(Path socket) throws IOException {
        return new PeerCheck(Files.getOwner(socket).getName());
    }

    boolean accepts(SocketChannel channel) throws IOException {
        if (!channel.supportedOptions().contains(ExtendedSocketOptions.SO_PEERCRED)) {
            return true;
        }
        return accepts(name(channel));
    }

    boolean accepts(String user) {
        return user.equals(owner) || user.equals(SUPERUSER);
    }

    String name(SocketChannel channel) throws IOException {
        return channel.supportedOptions().contains(ExtendedSocketOptions.SO_PEERCRED)
                ? channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName()
                : "an unknown user";
    }
}
