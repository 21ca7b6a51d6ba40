/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.tck;

import io.passbridge.connector.ConnectorConfiguration;
import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.credential.Digest;
import io.passbridge.credential.LegacyAlgorithm;
import io.passbridge.credential.LegacyPolicy;
import io.passbridge.credential.LegacyRefusedException;
import io.passbridge.credential.PasswordVerifier;
import io.passbridge.credential.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * What the platform gives to a connector, for tests: everything permitted unless {@link
 * #withFipsEnforced} says otherwise, every report kept. Close it after the connector; closing ends
 * its threads.
 */
public final class TestContext implements ConnectorContext, AutoCloseable {
    private final ConnectorConfiguration configuration;
    private final Path dataFolder;
    private final ScheduledThreadPoolExecutor executor;
    private final List<String> badRecords = new CopyOnWriteArrayList<>();
    private final List<String> reports = new CopyOnWriteArrayList<>();
    private volatile Clock clock = Clock.systemUTC();
    private volatile String accountName;
    private volatile String accountSecret;
    private volatile boolean fipsEnforced;
    private volatile PasswordVerifier verifier = new NoVerifier();

    /**
     * @param dataFolder is created if it is missing
     */
    public TestContext(ConnectorConfiguration configuration, Path dataFolder) {
        this.configuration = configuration;
        this.dataFolder = dataFolder;
        try {
            Files.createDirectories(dataFolder);
        } catch (IOException trouble) {
            throw new UncheckedIOException(trouble);
        }
        executor =
                new ScheduledThreadPoolExecutor(
                        2,
                        task -> {
                            Thread thread =
                                    new Thread(task, "connector-" + configuration.instance());
                            thread.setDaemon(true);
                            return thread;
                        });
        executor.setRemoveOnCancelPolicy(true);
    }

    /** Gives the instance an account to sign in with. */
    public TestContext withAccount(String name, String secret) {
        accountName = name;
        accountSecret = secret;
        return this;
    }

    /** Sets the platform's clock. */
    public TestContext withClock(Clock newClock) {
        clock = newClock;
        return this;
    }

    /** From now on the FIPS policy is enforced and holds no exception. */
    public TestContext withFipsEnforced() {
        fipsEnforced = true;
        return this;
    }

    /** Sets the verifier of the digest schemes. */
    public TestContext withVerifier(PasswordVerifier newVerifier) {
        verifier = newVerifier;
        return this;
    }

    /** Every bad record that was reported: {@code place: reason}. */
    public List<String> badRecords() {
        return List.copyOf(badRecords);
    }

    /**
     * Every report of reach or loss: {@code true text}, {@code false text} or {@code failover
     * server reason}.
     */
    public List<String> reports() {
        return List.copyOf(reports);
    }

    @Override
    public ConnectorConfiguration configuration() {
        return configuration;
    }

    @Override
    public Secret accountSecret() throws ConnectorException {
        if (accountSecret == null) {
            throw new ConnectorException(
                    Kind.AUTHENTICATION, "no account has been set; run account:set");
        }
        return Secret.owning(accountSecret.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Optional<String> accountName() {
        return Optional.ofNullable(accountName);
    }

    @Override
    public Path dataFolder() {
        return dataFolder;
    }

    @Override
    public ScheduledExecutorService executor() {
        return Executors.unconfigurableScheduledExecutorService(executor);
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public LegacyPolicy legacyPolicy() {
        return new UniformPolicy();
    }

    @Override
    public PasswordVerifier passwordVerifier() {
        return verifier;
    }

    @Override
    public void report(boolean reachable, String text) {
        reports.add(reachable + " " + text);
    }

    @Override
    public void reportFailOver(String server, String reason) {
        reports.add("failover " + server + " " + reason);
    }

    @Override
    public void reportBadRecord(String place, String reason) {
        badRecords.add(place + ": " + reason);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    /** Gives every algorithm and purpose the same answer; nobody counts in a test. */
    private final class UniformPolicy implements LegacyPolicy {
        @Override
        public boolean fipsEnforced() {
            return fipsEnforced;
        }

        @Override
        public void use(LegacyAlgorithm algorithm, String purpose) {
            if (fipsEnforced) {
                throw new LegacyRefusedException(algorithm, purpose, "allow it");
            }
        }

        @Override
        public List<LegacyUse> uses() {
            return List.of();
        }
    }

    private static final class NoVerifier implements PasswordVerifier {
        @Override
        public Set<String> schemes() {
            return Set.of();
        }

        @Override
        public Optional<String> fault(Digest digest) {
            return Optional.of("no verifier was given to this test's context");
        }

        @Override
        public boolean verify(Secret password, Digest digest) {
            throw new IllegalArgumentException(
                    "no verifier was given to this test's context for " + digest.scheme());
        }
    }
}
