/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision.session;

import io.passbridge.connector.ConnectorConfiguration;
import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.supervision.platform.AccountVault;
import io.passbridge.connector.supervision.platform.CompositeVerifier;
import io.passbridge.connector.supervision.platform.CurrentLegacyPolicy;
import io.passbridge.connector.supervision.platform.HostServices;
import io.passbridge.credential.LegacyPolicy;
import io.passbridge.credential.PasswordVerifier;
import io.passbridge.credential.Secret;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;

/** What one open connector gets. Dead once closed: what comes after that is counted and dropped. */
public final class InstanceContext implements ConnectorContext {
    private final HostServices platform;
    private final InstanceConfiguration configuration;
    private final Path dataFolder;
    private final ScheduledExecutorService executor;
    private final InstanceReports reports;
    private final AccountVault vault;

    /** The account that a test tries out before it is stored. */
    private final AtomicReference<TrialAccount> trial = new AtomicReference<>();

    private volatile boolean closed;

    InstanceContext(
            HostServices platform,
            InstanceConfiguration configuration,
            Path dataFolder,
            ScheduledExecutorService executor,
            InstanceReports reports) {
        this.platform = platform;
        this.configuration = configuration;
        this.dataFolder = dataFolder;
        this.executor = executor;
        this.reports = reports;
        this.vault = new AccountVault(platform);
    }

    /** An account name and secret that are not stored yet. */
    public record TrialAccount(String name, Secret secret) {}

    void trial(TrialAccount account) {
        trial.set(account);
    }

    void close() {
        closed = true;
        trial.set(null);
    }

    private boolean late() {
        if (closed) {
            reports.late();
        }
        return closed;
    }

    @Override
    public ConnectorConfiguration configuration() {
        return configuration;
    }

    @Override
    public Secret accountSecret() throws ConnectorException {
        if (late()) {
            throw new ConnectorException(
                    Kind.UNREACHABLE, "connector " + configuration.instance() + " is closed");
        }
        TrialAccount candidate = trial.get();
        if (candidate != null) {
            return candidate.secret().copy();
        }
        try {
            Secret secret = vault.open(configuration.instance());
            reports.credentials(null);
            return secret;
        } catch (ConnectorException e) {
            reports.credentials(e.getMessage());
            throw e;
        }
    }

    @Override
    public Optional<String> accountName() throws ConnectorException {
        TrialAccount candidate = trial.get();
        if (candidate != null) {
            return Optional.of(candidate.name()).filter(name -> !name.isBlank());
        }
        return vault.find(configuration.instance())
                .map(account -> account.name())
                .filter(name -> !name.isBlank());
    }

    @Override
    public Path dataFolder() {
        return dataFolder;
    }

    @Override
    public ScheduledExecutorService executor() {
        return executor;
    }

    @Override
    public Clock clock() {
        return platform.clock();
    }

    @Override
    public LegacyPolicy legacyPolicy() {
        return new CurrentLegacyPolicy(platform);
    }

    @Override
    public PasswordVerifier passwordVerifier() {
        return new CompositeVerifier(platform);
    }

    @Override
    public void report(boolean reachable, String text) {
        if (!late()) {
            reports.reachable(reachable, text);
        }
    }

    @Override
    public void reportFailOver(String server, String reason) {
        if (!late()) {
            reports.failedOver(server, reason);
        }
    }

    @Override
    public void reportBadRecord(String place, String reason) {
        if (!late()) {
            reports.badRecord(place, reason);
        }
    }

    /** Called by the plug-in when there is something to read. */
    void signal() {
        if (!late()) {
            reports.changesSignalled();
        }
    }
}
