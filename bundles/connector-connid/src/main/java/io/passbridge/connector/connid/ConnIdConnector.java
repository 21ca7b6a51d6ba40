/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.connid;

import io.passbridge.connector.AccountSource;
import io.passbridge.connector.AccountTarget;
import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.PasswordSource;
import io.passbridge.connector.PasswordTarget;
import io.passbridge.credential.Secret;
import io.passbridge.files.fingerprint.FingerprintKey;
import io.passbridge.health.Finding;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.identityconnectors.common.security.GuardedString;
import org.identityconnectors.framework.api.APIConfiguration;
import org.identityconnectors.framework.api.ConnectorFacadeFactory;
import org.identityconnectors.framework.common.objects.OperationalAttributes;

/** One ConnId connector with one configuration. Its connections last for one call. */
final class ConnIdConnector implements Connector {
    private final ConnectorContext context;
    private final ConnectorProperties properties;
    private final Settings settings;
    private final Map<Class<?>, Object> capabilities = new HashMap<>();
    private final Optional<Source> source;
    private volatile boolean closed;

    /** Whether the accounts say that they are disabled, as far as that was asked for. */
    private volatile boolean tellsState;

    private volatile boolean stateAsked;

    ConnIdConnector(ConnectorContext context, ConnectorProperties properties)
            throws ConnectorException {
        this.context = context;
        this.properties = properties;
        settings = Settings.of(context.configuration());
        source = settings.isSource() ? Optional.of(source()) : Optional.empty();
        source.ifPresent(
                present -> {
                    capabilities.put(PasswordSource.class, present);
                    capabilities.put(AccountSource.class, present);
                });
        if (settings.isAccountTarget()) {
            capabilities.put(AccountTarget.class, new Accounts(this::open, settings));
        }
        if (settings.isPasswordTarget()) {
            capabilities.put(
                    PasswordTarget.class,
                    new Digests(this::open, settings, context.passwordVerifier()));
        }
    }

    private Source source() throws ConnectorException {
        try {
            Prints prints =
                    new Prints(FingerprintKey.in(context.dataFolder().resolve("fingerprint.key")));
            return new Source(
                    this::open,
                    settings,
                    new People(settings, prints, context),
                    context.dataFolder().resolve("told"),
                    context.clock());
        } catch (IOException e) {
            throw new ConnectorException(
                    Kind.CONFIGURATION, "its folder of data cannot be written: " + e, e);
        }
    }

    private Session open() throws ConnectorException {
        if (settings.isSource() && !stateAsked) {
            try (Session session = connect()) {
                tellsState = session.has(OperationalAttributes.ENABLE_NAME);
                stateAsked = true;
            }
        }
        return connect();
    }

    private Session connect() throws ConnectorException {
        if (closed) {
            throw new ConnectorException(Kind.UNREACHABLE, "the connector has been closed");
        }
        try {
            APIConfiguration configuration = properties.configuration(context.configuration());
            configuration.getResultsHandlerConfiguration().setEnableFilteredResultsHandler(true);
            Optional<String> name = context.accountName().filter(text -> !text.isBlank());
            if (name.isPresent()) {
                properties
                        .accountName()
                        .ifPresent(property -> set(configuration, property, name.get()));
            }
            for (String property : properties.secrets().stream().limit(1).toList()) {
                set(configuration, property, secret());
            }
            return new Session(
                    ConnectorFacadeFactory.getInstance().newInstance(configuration),
                    settings.objectClass(),
                    wanted());
        } catch (IllegalArgumentException e) {
            throw new ConnectorException(Kind.CONFIGURATION, e.getMessage());
        }
    }

    private static void set(APIConfiguration configuration, String property, Object value) {
        configuration.getConfigurationProperties().setPropertyValue(property, value);
    }

    private GuardedString secret() throws ConnectorException {
        try (Secret secret = context.accountSecret()) {
            char[] clear = secret.toChars();
            try {
                return new GuardedString(clear);
            } finally {
                Arrays.fill(clear, '\0');
            }
        }
    }

    /** Connectors that return little by themselves are asked for what is needed. */
    private Set<String> wanted() {
        Set<String> wanted = new HashSet<>(settings.attributes().attributes());
        wanted.addAll(settings.fields().keySet());
        wanted.addAll(
                List.of(
                        settings.anchorFrom(),
                        settings.loginFrom(),
                        settings.hashFrom(),
                        settings.anchorIn(),
                        settings.versionIn()));
        if (tellsState) {
            wanted.add(OperationalAttributes.ENABLE_NAME);
        }
        wanted.remove("");
        return wanted;
    }

    @Override
    public <C> Optional<C> capability(Class<C> type) {
        return Optional.ofNullable(capabilities.get(type)).map(type::cast);
    }

    @Override
    public List<Finding> test() {
        try (Session session = open()) {
            session.test();
            return new Check(settings).of(session.schema());
        } catch (ConnectorException e) {
            return List.of(
                    Finding.error(
                            context.configuration().instance(),
                            e.getMessage(),
                            "mend what the connector names, and test again"));
        }
    }

    @Override
    public void close() {
        closed = true;
        source.ifPresent(Source::close);
    }
}
