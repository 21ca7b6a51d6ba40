/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap;

import io.passbridge.connector.AccountTarget;
import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.PasswordHoldings;
import io.passbridge.connector.PasswordTarget;
import io.passbridge.connector.ldap.inspection.Inspection;
import io.passbridge.connector.ldap.session.Servers;
import io.passbridge.connector.ldap.session.Session;
import io.passbridge.connector.ldap.settings.TargetSettings;
import io.passbridge.connector.ldap.target.LdapAccountTarget;
import io.passbridge.connector.ldap.target.LdapHoldings;
import io.passbridge.connector.ldap.target.LdapPasswordTarget;
import io.passbridge.health.Finding;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One LDAP directory that takes passwords. */
final class LdapTarget implements Connector {
    private final TargetSettings settings;
    private final ConnectorContext context;
    private final Session session;
    private final Map<Class<?>, Object> capabilities;

    LdapTarget(TargetSettings settings, ConnectorContext context) throws ConnectorException {
        this.settings = settings;
        this.context = context;
        this.session = new Session(settings.instance(), new Servers(settings.reach(), context));
        this.capabilities =
                Map.of(
                        PasswordTarget.class,
                        new LdapPasswordTarget(settings, context, session),
                        PasswordHoldings.class,
                        new LdapHoldings(settings, session),
                        AccountTarget.class,
                        new LdapAccountTarget(settings, session));
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
    }
}
