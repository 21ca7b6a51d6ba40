/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory.signin;

import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.reactor.IOSessionListener;

/** Tells {@link Connections} who comes and goes. */
record ConnectionListener(Connections connections) implements IOSessionListener {
    @Override
    public void connected(IOSession session) {
        connections.opened(session.getRemoteAddress(), () -> session.close(CloseMode.IMMEDIATE));
    }

    @Override
    public void disconnected(IOSession session) {
        connections.closed(session.getRemoteAddress());
    }

    @Override
    public void exception(IOSession session, Exception e) {
        // the server's callback is told, too
    }

    @Override
    public void startTls(IOSession session) {
        // never
    }

    @Override
    public void inputReady(IOSession session) {
        // each byte moves a deadline nowhere: that is what slow clients live on
    }

    @Override
    public void outputReady(IOSession session) {
        // answers are small
    }

    @Override
    public void timeout(IOSession session) {
        // there is none but ours
    }
}
