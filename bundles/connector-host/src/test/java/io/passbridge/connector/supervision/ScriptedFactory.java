/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision;

import io.passbridge.connector.AccountSecretReset;
import io.passbridge.connector.AccountSource;
import io.passbridge.connector.ChangeSignal;
import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorConfiguration;
import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.ConnectorDescriptor;
import io.passbridge.connector.ConnectorDescriptor.Parameter;
import io.passbridge.connector.ConnectorDescriptor.Type;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.ConnectorFactory;
import io.passbridge.connector.supervision.session.Candidate;
import io.passbridge.credential.Account;
import io.passbridge.credential.Secret;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.health.Finding;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.framework.Version;

/** A factory whose connectors do what a test tells them. */
final class ScriptedFactory implements ConnectorFactory {
    static final String PID = "io.passbridge.connector.scripted";

    final List<Scripted> opened = new CopyOnWriteArrayList<>();
    final AtomicInteger closed = new AtomicInteger();
    volatile Script script = name -> List.of();
    volatile ConnectorException refusal;
    volatile List<Finding> faults = List.of();
    volatile String expectedSecret = "right";

    /** What a call does. */
    @FunctionalInterface
    interface Script {
        List<Account> find(String name) throws ConnectorException;
    }

    Candidate candidate(int ranking, long serviceId) {
        return new Candidate(
                this,
                descriptor(),
                "scripted",
                new Version(1, 0, (int) serviceId),
                ranking,
                serviceId);
    }

    @Override
    public ConnectorDescriptor descriptor() {
        return new ConnectorDescriptor(
                "scripted",
                "Scripted",
                PID,
                List.of(
                        Parameter.required("file", Type.PATH, "where it is"),
                        Parameter.optional("pageSize", Type.INTEGER, "100", "how many")
                                .within(1, 1000),
                        Parameter.optional("follow", Type.BOOLEAN, "true", "whether to follow"),
                        Parameter.optional("schemes", Type.LIST, "", "which schemes")
                                .oneOf("SSHA", "CRYPT", "a", "b")),
                true);
    }

    @Override
    public List<Finding> validate(ConnectorConfiguration configuration) {
        return faults;
    }

    @Override
    public boolean signsInWithSecret(ConnectorConfiguration configuration) {
        return configuration.flag("follow");
    }

    @Override
    public Connector open(ConnectorContext context) throws ConnectorException {
        if (refusal != null) {
            throw refusal;
        }
        Scripted connector = new Scripted(context);
        opened.add(connector);
        return connector;
    }

    Scripted latest() {
        return opened.get(opened.size() - 1);
    }

    final class Scripted implements Connector, AccountSource, ChangeSignal, AccountSecretReset {
        final ConnectorContext context;
        volatile Runnable listener;

        Scripted(ConnectorContext context) {
            this.context = context;
        }

        @Override
        public <C> Optional<C> capability(Class<C> type) {
            return type.isInstance(this) ? Optional.of(type.cast(this)) : Optional.empty();
        }

        @Override
        public List<Finding> test() {
            try (Secret secret = context.accountSecret()) {
                return new String(secret.toChars()).equals(expectedSecret)
                        ? List.of(Finding.ok("account", "signed in"))
                        : List.of(Finding.error("account", "was refused", "account:set"));
            } catch (ConnectorException e) {
                return List.of(Finding.error("account", e.getMessage(), "account:set"));
            }
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }

        @Override
        public List<Account> accounts(Collection<SourceAnchor> anchors) {
            return List.of();
        }

        @Override
        public List<Account> find(String name) throws ConnectorException {
            return script.find(name);
        }

        @Override
        public Subscription subscribe(Runnable toCall) {
            listener = toCall;
            return () -> listener = null;
        }

        @Override
        public Secret reset() throws ConnectorException {
            try (Secret old = context.accountSecret()) {
                if (!new String(old.toChars()).equals(expectedSecret)) {
                    throw new ConnectorException(Kind.AUTHENTICATION, "wrong secret");
                }
            }
            expectedSecret = "fresh";
            return Secret.ofChars("fresh".toCharArray());
        }
    }
}
