/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap;

import io.passbridge.connector.AccountSource;
import io.passbridge.connector.ChangeSignal;
import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.PasswordSource;
import io.passbridge.connector.ldap.inspection.Inspection;
import io.passbridge.connector.ldap.session.Servers;
import io.passbridge.connector.ldap.session.Session;
import io.passbridge.connector.ldap.settings.LdapSettings;
import io.passbridge.connector.ldap.source.LdapAccountSource;
import io.passbridge.connector.ldap.source.LdapChangeSignal;
import io.passbridge.connector.ldap.source.LdapPasswordSource;
import io.passbridge.connector.ldap.source.SyncPosition;
import io.passbridge.health.Finding;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One LDAP directory. */
final class LdapConnector implements Connector {
    private final LdapSettings settings;
    private final ConnectorContext context;
    private final Session session;
    private final LdapPasswordSource source;
    private final Map<Class<?>, Object> capabilities;

    LdapConnector(LdapSettings settings, ConnectorContext context) throws ConnectorException {
        this.settings = settings;
        this.context = context;
        this.session = new Session(settings.instance(), new Servers(settings.reach(), context));
        SyncPosition position = new SyncPosition();
        this.source = new LdapPasswordSource(settings, context, session, position);
        this.capabilities =
                Map.of(
                        PasswordSource.class,
                        source,
                        AccountSource.class,
                        new LdapAccountSource(settings, context, session),
                        ChangeSignal.class,
                        new LdapChangeSignal(settings, context, session, position));
    }

    @Override
    public <C> Optional<C> capability(Class<C> type) {
        return Optional.ofNullable(capabilities.get(type)).map(type::cast);
    }

    @Override
    public List<Finding> test() {
        return Inspection.of(settings, context).findings();
    }

    @Override
    public void close() {
        session.close();
        source.close();
    }
}
