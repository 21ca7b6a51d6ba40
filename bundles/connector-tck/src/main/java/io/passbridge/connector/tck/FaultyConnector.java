/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.tck;

import io.passbridge.connector.AccountSource;
import io.passbridge.connector.AccountTarget;
import io.passbridge.connector.ChangeSignal;
import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorConfiguration;
import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.ConnectorDescriptor;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorFactory;
import io.passbridge.connector.PasswordSource;
import io.passbridge.connector.PasswordTarget;
import io.passbridge.health.Finding;
import java.util.List;
import java.util.Optional;

/** A connector whose calls go wrong as a plan says. Everything else is the wrapped connector's. */
public final class FaultyConnector implements Connector {
    private final Connector wrapped;
    private final FaultPlan plan;

    public FaultyConnector(Connector wrapped, FaultPlan plan) {
        this.wrapped = wrapped;
        this.plan = plan;
    }

    /** A factory that opens such connectors, for the host's and the engine's tests. */
    public static ConnectorFactory factory(ConnectorFactory wrapped, FaultPlan plan) {
        return new ConnectorFactory() {
            @Override
            public ConnectorDescriptor descriptor() {
                return wrapped.descriptor();
            }

            @Override
            public List<Finding> validate(ConnectorConfiguration configuration) {
                return wrapped.validate(configuration);
            }

            @Override
            public Connector open(ConnectorContext context) throws ConnectorException {
                return new FaultyConnector(wrapped.open(context), plan);
            }
        };
    }

    @Override
    public <C> Optional<C> capability(Class<C> type) {
        return wrapped.capability(type).map(capability -> type.cast(faulty(type, capability)));
    }

    /** One object may have several capabilities: the one that was asked for goes wrong. */
    private Object faulty(Class<?> type, Object capability) {
        if (type == PasswordSource.class) {
            return new FaultySource((PasswordSource) capability, plan);
        } else if (type == PasswordTarget.class) {
            return new FaultyTarget((PasswordTarget) capability, plan);
        } else if (type == AccountTarget.class) {
            return new FaultyAccountTarget((AccountTarget) capability, plan);
        } else if (type == AccountSource.class) {
            return new FaultyAccountSource((AccountSource) capability, plan);
        } else if (type == ChangeSignal.class) {
            return new FaultySignal((ChangeSignal) capability, plan);
        }
        return capability;
    }

    @Override
    public List<Finding> test() {
        return wrapped.test();
    }

    @Override
    public void close() {
        wrapped.close();
    }
}
