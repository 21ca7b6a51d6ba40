/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision.platform;

import io.passbridge.connector.host.ConnectorListener;
import io.passbridge.credential.LegacyPolicy;
import io.passbridge.credential.PasswordVerifier;
import io.passbridge.event.Journal;
import io.passbridge.keys.Sealing;
import io.passbridge.store.AccountSecrets;
import io.passbridge.store.OtherWriter;
import io.passbridge.store.StoreException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.util.tracker.ServiceTracker;

/** Finds the rest of the platform in the service registry. */
public final class OsgiHostServices implements HostServices, AutoCloseable {
    private final BundleContext context;
    private final ServiceTracker<Journal, Journal> journal;
    private final ServiceTracker<AccountSecrets, AccountSecrets> accounts;
    private final ServiceTracker<Sealing, Sealing> sealing;
    private final ServiceTracker<OtherWriter, OtherWriter> otherWriter;
    private final ServiceTracker<LegacyPolicy, LegacyPolicy> legacyPolicy;
    private final ServiceTracker<PasswordVerifier, PasswordVerifier> verifiers;
    private final ServiceTracker<ConnectorListener, ConnectorListener> listeners;
    private volatile Limits limits;

    public OsgiHostServices(BundleContext context, Limits limits) {
        this.context = context;
        this.limits = limits;
        journal = track(Journal.class);
        accounts = track(AccountSecrets.class);
        sealing = track(Sealing.class);
        otherWriter = track(OtherWriter.class);
        legacyPolicy = track(LegacyPolicy.class);
        verifiers = track(PasswordVerifier.class);
        listeners = track(ConnectorListener.class);
    }

    private <S> ServiceTracker<S, S> track(Class<S> type) {
        ServiceTracker<S, S> tracker = new ServiceTracker<>(context, type, null);
        tracker.open();
        return tracker;
    }

    public void limits(Limits changed) {
        limits = changed;
    }

    @Override
    public Optional<Journal> journal() {
        return Optional.ofNullable(journal.getService());
    }

    @Override
    public Optional<AccountSecrets> accounts() {
        return Optional.ofNullable(accounts.getService());
    }

    @Override
    public Optional<Sealing> sealing() {
        return Optional.ofNullable(sealing.getService());
    }

    @Override
    public Optional<String> otherWriter() throws StoreException {
        OtherWriter present = otherWriter.getService();
        return present == null ? Optional.empty() : present.name();
    }

    @Override
    public Optional<LegacyPolicy> legacyPolicy() {
        return Optional.ofNullable(legacyPolicy.getService());
    }

    @Override
    public List<PasswordVerifier> verifiers() {
        return Arrays.asList(verifiers.getServices(new PasswordVerifier[0]));
    }

    @Override
    public List<ConnectorListener> listeners() {
        return Arrays.asList(listeners.getServices(new ConnectorListener[0]));
    }

    @Override
    public Path home() {
        return folder("passbridge.home", Path.of(""));
    }

    @Override
    public Path data() {
        return folder("passbridge.data", home().resolve("data"));
    }

    private Path folder(String property, Path otherwise) {
        String value = context.getProperty(property);
        return (value == null || value.isBlank() ? otherwise : Path.of(value)).toAbsolutePath();
    }

    @Override
    public Clock clock() {
        return Clock.systemUTC();
    }

    @Override
    public Limits limits() {
        return limits;
    }

    @Override
    public boolean stopping() {
        return context.getBundle(0).getState() == Bundle.STOPPING;
    }

    @Override
    public void close() {
        listeners.close();
        verifiers.close();
        legacyPolicy.close();
        otherWriter.close();
        sealing.close();
        accounts.close();
        journal.close();
    }
}
