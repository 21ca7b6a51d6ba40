/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision.plugin;

import io.passbridge.connector.AccountSource;
import io.passbridge.connector.ChangeSignal;
import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.ConnectorDescriptor;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorFactory;
import io.passbridge.credential.Account;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.health.Finding;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A plug-in with bad manners: leaves a thread local, a timer, a thrown class of its own and a
 * callback behind. Loaded by a class loader of its own.
 */
public final class LeakyFactory implements ConnectorFactory {
    private static final ThreadLocal<Object> LEFT_BEHIND = new ThreadLocal<>();

    /** An exception class that only this plug-in has. */
    public static final class OwnException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OwnException(String message) {
            super(message);
        }
    }

    @Override
    public ConnectorDescriptor descriptor() {
        return new ConnectorDescriptor(
                "scripted", "Leaky", "io.passbridge.connector.scripted", List.of(), false);
    }

    @Override
    public Connector open(ConnectorContext context) {
        context.executor()
                .scheduleAtFixedRate(() -> LEFT_BEHIND.set(this), 0, 10, TimeUnit.MILLISECONDS);
        return new Leaky(context);
    }

    private static final class Leaky implements Connector, AccountSource, ChangeSignal {
        private final ConnectorContext context;

        Leaky(ConnectorContext context) {
            this.context = context;
        }

        @Override
        public <C> Optional<C> capability(Class<C> type) {
            LEFT_BEHIND.set(this);
            return type.isInstance(this) ? Optional.of(type.cast(this)) : Optional.empty();
        }

        @Override
        public List<Finding> test() {
            return List.of();
        }

        @Override
        public void close() {
            context.report(false, "closing");
        }

        @Override
        public List<Account> accounts(Collection<SourceAnchor> anchors) throws ConnectorException {
            throw new ConnectorException(
                    ConnectorException.Kind.CONFLICT, "foreseen", new OwnException("cause"));
        }

        @Override
        public List<Account> find(String name) {
            throw new OwnException("unforeseen");
        }

        @Override
        public Subscription subscribe(Runnable listener) {
            listener.run();
            return () -> {};
        }
    }
}
