/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import io.passbridge.connector.AccountSource;
import io.passbridge.connector.ChangeSignal;
import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.PasswordSource;
import io.passbridge.health.Finding;
import java.util.List;
import java.util.Optional;

/** One Active Directory domain. */
final class AdConnector implements Connector {
    private final AdSettings settings;
    private final ConnectorContext context;
    private final Controllers controllers;
    private final AdPasswordSource source;
    private final AdChangeSignal signal;

    AdConnector(AdSettings settings, ConnectorContext context) {
        this.settings = settings;
        this.context = context;
        this.controllers = new Controllers(settings, context);
        this.source = new AdPasswordSource(settings, context, controllers);
        this.signal = new AdChangeSignal(settings, context, controllers);
    }

    @Override
    public <C> Optional<C> capability(Class<C> type) {
        if (type == PasswordSource.class || type == AccountSource.class) {
            return Optional.of(type.cast(source));
        }
        return type == ChangeSignal.class ? Optional.of(type.cast(signal)) : Optional.empty();
    }

    @Override
    public List<Finding> test() {
        return new DomainTest(settings, context).run();
    }

    @Override
    public void close() {
        controllers.close();
    }
}
