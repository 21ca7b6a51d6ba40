/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.exec;

import io.passbridge.shell.channel.SocketPlace;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.felix.service.command.CommandProcessor;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens on a Unix-domain socket that only the owner of the platform can open, and runs one
 * command a connection. Without a data folder (in somebody else's container) it does nothing.
 */
@Component(service = ExecServer.class, immediate = true)
public final class ExecServer {
    private static final Logger LOG = LoggerFactory.getLogger(ExecServer.class);
    private static final int MOST_CONNECTIONS = 32;

    private final CommandProcessor processor;
    private final BundleContext context;
    private final Set<ExecConnection> connections = ConcurrentHashMap.newKeySet();
    private final SocketPlace place;
    private final ServerSocketChannel server;
    private final PeerCheck peers;

    @Activate
    public ExecServer(BundleContext context, @Reference CommandProcessor processor)
            throws IOException {
        this.context = context;
        this.processor = processor;
        String data = context.getProperty("passbridge.data");
        if (data == null) {
            place = null;
            server = null;
            peers = null;
            return;
        }
        place = new SocketPlace(Path.of(data));
        UnixDomainSocketAddress address = place.prepare();
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address);
        Path socket = address.getPath();
        if (socket.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
        }
        peers = PeerCheck.ownerOf(socket);
        LOG.info("Commands are accepted at {}", socket);
        daemon("passbridge-exec", this::accept);
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                serve(server.accept());
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException | RuntimeException e) {
                LOG.warn("A connection to the command socket failed: {}", e.toString());
            }
        }
    }

    private void serve(SocketChannel channel) throws IOException {
        if (connections.size() >= MOST_CONNECTIONS || !peers.accepts(channel)) {
            LOG.warn("Refused a connection to the command socket from {}", peers.name(channel));
            channel.close();
            return;
        }
        ExecConnection connection = new ExecConnection(channel, processor, this::stopPlatform);
        connections.add(connection);
        daemon(
                "passbridge-exec-command",
                () -> {
                    try (connection) {
                        connection.serve();
                    } catch (IOException e) {
                        LOG.debug("A connection to the command socket ended early", e);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } finally {
                        connections.remove(connection);
                    }
                });
    }

    private void stopPlatform() {
        daemon(
                "passbridge-stop",
                () -> {
                    try {
                        context.getBundle(0).stop();
                    } catch (org.osgi.framework.BundleException e) {
                        LOG.error("The platform cannot be stopped; send it SIGTERM", e);
                    }
                });
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Deactivate
    void close() throws IOException {
        if (server != null) {
            server.close();
            for (ExecConnection connection : connections) {
                connection.close();
            }
            place.remove();
        }
    }
}
