/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision.session;

import io.passbridge.connector.AccountRehearsal;
import io.passbridge.connector.AccountSecretReset;
import io.passbridge.connector.AccountSource;
import io.passbridge.connector.AccountTarget;
import io.passbridge.connector.ChangeSignal;
import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.PasswordHoldings;
import io.passbridge.connector.PasswordSource;
import io.passbridge.connector.PasswordTarget;
import io.passbridge.connector.host.ConnectorRegistry.Call;
import io.passbridge.connector.supervision.platform.HostServices;
import io.passbridge.connector.supervision.platform.Limits;
import io.passbridge.health.Finding;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open connector: from the factory's {@code open} to the end of {@code close}. Everything that
 * may refer to a class of the plug-in hangs on this object and nowhere else.
 */
public final class Session {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    private static final Set<Class<?>> CAPABILITIES =
            Set.of(
                    PasswordSource.class,
                    PasswordTarget.class,
                    ChangeSignal.class,
                    AccountSource.class,
                    AccountTarget.class,
                    AccountRehearsal.class,
                    PasswordHoldings.class,
                    AccountSecretReset.class);

    private final String instance;
    private final Candidate candidate;
    private final HostServices platform;
    private final PluginGuard guard;
    private final CallThread calls;
    private final CallThread tests;
    private final ScheduledThreadPoolExecutor executor;
    private final InstanceContext context;
    private final long number;
    private volatile Connector connector;
    private volatile Set<Class<?>> capabilities = Set.of();
    private volatile ChangeSignal.Subscription subscription;

    public Session(
            Candidate candidate,
            HostServices platform,
            InstanceConfiguration configuration,
            Path dataFolder,
            InstanceReports reports,
            long number) {
        this.instance = configuration.instance();
        this.candidate = candidate;
        this.platform = platform;
        this.number = number;
        guard = new PluginGuard(instance, candidate.bundle(), candidate.loader());
        calls = new CallThread(instance, guard);
        tests = new CallThread(instance + "-test", guard);
        executor =
                new ScheduledThreadPoolExecutor(
                        1,
                        task -> CallThread.thread(task, instance + "-timer", candidate.loader()));
        executor.setRemoveOnCancelPolicy(true);
        context = new InstanceContext(platform, configuration, dataFolder, executor, reports);
    }

    public long number() {
        return number;
    }

    /** The connector's own check of its configuration. */
    public List<Finding> validate() throws ConnectorException, InterruptedException {
        return onCallThread(
                "checking the configuration",
                () -> List.copyOf(candidate.factory().validate(context.configuration())));
    }

    /** Whether it signs in with a secret as it is configured. */
    public boolean wantsSecret() throws ConnectorException, InterruptedException {
        return candidate.descriptor().accountSecret()
                && onCallThread(
                        "checking the configuration",
                        () -> candidate.factory().signsInWithSecret(context.configuration()));
    }

    /** Opens the connector and asks what it can do. */
    public void open() throws ConnectorException, InterruptedException {
        connector = onCallThread("opening", () -> candidate.factory().open(context));
        if (connector == null) {
            throw new ConnectorException(
                    Kind.PLUGIN_FAULT,
                    "bundle " + candidate.bundle() + " opened no connector for " + instance);
        }
        capabilities =
                onCallThread(
                        "asking for capabilities",
                        () ->
                                CAPABILITIES.stream()
                                        .filter(type -> connector.capability(type).isPresent())
                                        .collect(Collectors.toUnmodifiableSet()));
    }

    private <R> R onCallThread(String what, PluginGuard.PluginCall<R> call)
            throws ConnectorException, InterruptedException {
        Limits limits = platform.limits();
        return calls.run(what, limits.close(), limits.grace(), call);
    }

    public Set<String> capabilityNames() {
        return capabilities.stream().map(Class::getSimpleName).collect(Collectors.toSet());
    }

    public boolean has(Class<?> type) {
        if (CAPABILITIES.contains(type)) {
            return capabilities.contains(type);
        }
        try {
            return guard.call(() -> connector.capability(type).isPresent());
        } catch (ConnectorException e) {
            LOG.debug("connector {} does not tell whether it has {}", instance, type, e);
            return false;
        }
    }

    public <C, R> R call(Class<C> type, Call<C, R> call)
            throws ConnectorException, InterruptedException {
        Limits limits = platform.limits();
        return calls.run(
                "a call of " + type.getSimpleName(),
                limits.call(),
                limits.grace(),
                () -> call.on(connector.capability(type).orElseThrow(() -> lacks(type))));
    }

    private ConnectorException lacks(Class<?> type) {
        return new ConnectorException(
                Kind.CONFIGURATION,
                "connector "
                        + instance
                        + " is no "
                        + type.getSimpleName()
                        + " as it is configured");
    }

    public List<Finding> test() throws ConnectorException, InterruptedException {
        Limits limits = platform.limits();
        return tests.run(
                "a test", limits.test(), limits.grace(), () -> List.copyOf(connector.test()));
    }

    /** Tests with an account that is not stored yet; no other call sees it. */
    public List<Finding> test(InstanceContext.TrialAccount account)
            throws ConnectorException, InterruptedException {
        Limits limits = platform.limits();
        return calls.run(
                "a test",
                limits.test(),
                limits.grace(),
                () -> {
                    context.trial(account);
                    try {
                        return List.copyOf(connector.test());
                    } finally {
                        context.trial(null);
                    }
                });
    }

    /** Subscribes to change signals, if the connector gives any. */
    public void subscribe() throws ConnectorException, InterruptedException {
        if (capabilities.contains(ChangeSignal.class)) {
            Limits limits = platform.limits();
            calls.run(
                    "subscribing to changes",
                    limits.call(),
                    limits.grace(),
                    () -> {
                        // kept by the call thread itself, so that a close that waits for it finds
                        // it
                        subscription =
                                connector
                                        .capability(ChangeSignal.class)
                                        .orElseThrow(() -> lacks(ChangeSignal.class))
                                        .subscribe(context::signal);
                        return null;
                    });
        }
    }

    public boolean stuck() {
        return calls.stuck() || tests.stuck();
    }

    /** Ends everything; afterwards nothing of the plug-in is reachable from here. */
    public void close(String reason) {
        Limits limits = platform.limits();
        boolean free = calls.drain(reason, limits.drain(), limits.grace());
        free &= tests.drain(reason, limits.grace(), limits.grace());
        CallThread closer = new CallThread(instance + "-close", guard);
        if (subscription != null) {
            quietly("ending the subscription", closer, subscription::close);
        }
        if (connector != null) {
            quietly("closing", closer, connector::close);
        }
        context.close();
        executor.shutdownNow();
        free &= !closer.stuck() & closer.drain(reason, limits.grace(), limits.grace());
        free &= ended(executor, limits);
        connector = null;
        subscription = null;
        if (!free) {
            LOG.warn(
                    "connector {}: a thread in bundle {} does not end; restart the platform when"
                            + " convenient and report it to the bundle's vendor",
                    instance,
                    candidate.bundle());
        }
    }

    private void quietly(String what, CallThread callThread, Runnable work) {
        Limits limits = platform.limits();
        try {
            callThread.run(
                    what,
                    limits.close(),
                    limits.grace(),
                    () -> {
                        work.run();
                        return null;
                    });
        } catch (ConnectorException e) {
            LOG.warn("{} connector {}: {}", what, instance, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean ended(ScheduledThreadPoolExecutor executor, Limits limits) {
        try {
            return executor.awaitTermination(limits.grace().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
