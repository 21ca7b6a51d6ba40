/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.ad.replication.ReplicationEndpoint;
import io.passbridge.connector.ad.replication.ReplicationException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Keeps connections to the first domain controller of the list that works, and goes to the next one
 * when it fails. One thread at a time, but for {@link #close}.
 */
final class Controllers implements AutoCloseable {
    private final AdSettings settings;
    private final ConnectorContext context;
    private final ControllerList list;
    private volatile Controller current;
    private volatile boolean closed;

    /** What is done with a controller. */
    interface Work<R> {
        R with(Controller controller) throws ConnectorException, ReplicationException;
    }

    Controllers(AdSettings settings, ConnectorContext context) {
        this.settings = settings;
        this.context = context;
        this.list = new ControllerList(settings);
    }

    /**
     * Does the work with the present controller, or, if that one fails for reasons of its own, with
     * each of the others in turn. The work is begun anew on each. A session that broke is replaced
     * by one with the same controller first: it may have been restarted, or closed what was idle.
     */
    <R> R call(Work<R> work) throws ConnectorException {
        List<String> failures = new ArrayList<>();
        Controller present = current;
        boolean again = true;
        if (present != null && present.usable()) {
            try {
                return work.with(present);
            } catch (ReplicationException e) {
                giveUpOn(present, e, failures);
                again = Failures.newSessionMayDo(e);
            } catch (ConnectorException e) {
                // a connection that is still there did not answer in time
                again = !present.usable();
                giveUpOn(present, e, failures);
            }
        }
        for (ReplicationEndpoint endpoint : list.inOrder()) {
            boolean same = present != null && present.endpoint().equals(endpoint);
            if (closed || same && !again) {
                continue;
            }
            try {
                use(Controller.open(endpoint, settings, context));
                R result = work.with(current);
                if (!failures.isEmpty() && !same) {
                    context.reportFailOver(endpoint.toString(), String.join("; ", failures));
                }
                return result;
            } catch (ReplicationException e) {
                giveUpOn(current, e, failures);
            } catch (ConnectorException e) {
                giveUpOn(current, e, failures);
            }
        }
        throw new ConnectorException(
                Kind.UNREACHABLE,
                "no domain controller of "
                        + settings.domain()
                        + " can be read: "
                        + String.join("; ", failures));
    }

    private void giveUpOn(Controller failed, ReplicationException e, List<String> failures)
            throws ConnectorException {
        if (e.kind().sessionLost()) {
            drop(failed);
        }
        if (!Failures.isOfThisControllerAlone(e)) {
            throw Failures.of(e);
        }
        drop(failed);
        failures.add(e.getMessage());
    }

    private void giveUpOn(Controller failed, ConnectorException e, List<String> failures)
            throws ConnectorException {
        if (e.kind() != Kind.UNREACHABLE) {
            throw e;
        }
        drop(failed);
        failures.add(e.getMessage());
    }

    private synchronized void use(Controller controller) throws ConnectorException {
        if (closed) {
            controller.close();
            throw new ConnectorException(Kind.UNREACHABLE, "the connector is being closed");
        }
        Controller before = current;
        current = controller;
        if (before != null) {
            before.close();
        }
    }

    private synchronized void drop(Controller controller) {
        if (controller != null) {
            controller.close();
            if (current == controller) {
                current = null;
            }
        }
    }

    /** Every controller, the one in use first, so that what is heard of it can be read from it. */
    List<ReplicationEndpoint> inOrder() throws ConnectorException {
        Set<ReplicationEndpoint> order = new LinkedHashSet<>();
        Controller present = current;
        if (present != null) {
            order.add(present.endpoint());
        }
        order.addAll(list.inOrder());
        return List.copyOf(order);
    }

    /** Whether that controller is still the one in use. */
    boolean isCurrent(Controller controller) {
        return current == controller && controller.usable();
    }

    /** Breaks off what is running and closes the connections. */
    @Override
    public synchronized void close() {
        closed = true;
        drop(current);
    }
}
