/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.session;

import io.passbridge.connector.ad.ndr.NdrWriter;
import io.passbridge.connector.ad.replication.ReplicationCursor;
import io.passbridge.connector.ad.rpc.RpcConnection;
import io.passbridge.connector.ad.rpc.RpcReply;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Calls on a connection, of which one page of a cycle may be asked for ahead: the controller then
 * works on it while the page before is being decoded. Another call in between first takes the early
 * reply off the wire and keeps it, because a controller does not give the same page of a cycle
 * twice. Not thread-safe.
 */
final class ReadAhead implements AutoCloseable {
    /** What a page was asked for with. */
    record Page(String namingContext, ReplicationCursor cursor, int maxObjects) {}

    private final RpcConnection connection;
    private final Duration timeout;
    private Optional<Page> asked = Optional.empty();
    private Optional<RpcReply> kept = Optional.empty();

    ReadAhead(RpcConnection connection, Duration timeout) {
        this.connection = connection;
        this.timeout = timeout;
    }

    RpcReply call(int operation, NdrWriter request) throws IOException {
        if (asked.isPresent() && kept.isEmpty()) {
            kept = Optional.of(connection.receive(timeout));
        }
        return connection.call(operation, request, timeout);
    }

    /** Asks for a page whose reply is fetched by {@link #take}. */
    void ask(Page page, int operation, NdrWriter request) throws IOException {
        connection.send(operation, request);
        asked = Optional.of(page);
    }

    /** The reply to a page that was asked for ahead; empty if it was not. */
    Optional<RpcReply> take(Page page) throws IOException {
        if (!asked.equals(Optional.of(page))) {
            return Optional.empty();
        }
        asked = Optional.empty();
        RpcReply reply = kept.isPresent() ? kept.get() : connection.receive(timeout);
        kept = Optional.empty();
        return Optional.of(reply);
    }

    /** Forgets a page that was asked for and is not wanted. */
    void discard() throws IOException {
        if (asked.isPresent() && kept.isEmpty()) {
            connection.receive(timeout).close();
        }
        close();
    }

    @Override
    public void close() {
        kept.ifPresent(RpcReply::close);
        kept = Optional.empty();
        asked = Optional.empty();
    }
}
