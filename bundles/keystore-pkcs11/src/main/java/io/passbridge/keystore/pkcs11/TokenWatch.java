/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keystore.pkcs11;

import io.passbridge.crypto.Cryptography;
import io.passbridge.health.Finding;
import io.passbridge.health.Inspector;
import io.passbridge.keys.Protector;
import io.passbridge.keys.Protector.Readiness;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether the token is there, and offers it as a protector while it is: a key set that waits
 * for it is unlocked when it comes. Looks from a thread of its own, since libraries of tokens may
 * take seconds to answer.
 */
// registered by hand, while it can be used
@Capability(
        namespace = "osgi.service",
        attribute = "objectClass:List<String>=\"io.passbridge.keys.Protector\"",
        effective = "active")
@Component(
        service = Inspector.class,
        immediate = true,
        configurationPid = Pkcs11Configuration.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = Pkcs11Configuration.class)
public final class TokenWatch implements Inspector {
    private static final Logger LOG = LoggerFactory.getLogger(TokenWatch.class);
    private static final String SUBJECT = "protector pkcs11";

    private final BundleContext context;
    private final Pkcs11Protector protector;
    private final ScheduledThreadPoolExecutor watch;
    private ServiceRegistration<Protector> registration;
    private volatile String said = "";
    private volatile boolean closed;

    @Activate
    public TokenWatch(
            BundleContext context,
            Pkcs11Configuration configuration,
            @Reference Cryptography cryptography) {
        this.context = context;
        this.protector =
                new Pkcs11Protector(
                        new Token(
                                configuration.library().strip(),
                                TokenChoice.of(
                                        configuration.tokenLabel().strip(),
                                        configuration.slot().strip())),
                        configuration.keyLabel(),
                        PinFile.of(
                                configuration.pinFile(),
                                context.getProperty("passbridge.etc"),
                                System.getenv("CREDENTIALS_DIRECTORY")),
                        cryptography.random());
        this.watch =
                new ScheduledThreadPoolExecutor(
                        1,
                        task -> {
                            Thread thread = new Thread(task, "passbridge-pkcs11-watch");
                            thread.setDaemon(true);
                            return thread;
                        });
        watch.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
        watch.scheduleWithFixedDelay(
                this::look, 0, Math.max(1, configuration.pollSeconds()), TimeUnit.SECONDS);
    }

    private void look() {
        try {
            Readiness readiness = protector.readiness();
            // a token that only lacks its PIN is offered: keys:unlock can give it
            boolean there = readiness.ready() || readiness.password();
            if (!readiness.text().equals(said)) {
                said = readiness.text();
                LOG.info("{}", said);
            }
            offer(there);
        } catch (RuntimeException | LinkageError e) {
            LOG.error("The PKCS #11 token cannot be examined: {}", e.toString());
            LOG.debug("The PKCS #11 token cannot be examined", e);
        }
    }

    private void offer(boolean there) {
        if (there && registration == null && !closed) {
            registration = context.registerService(Protector.class, protector, null);
        } else if (!there && registration != null) {
            registration.unregister();
            registration = null;
        }
    }

    @Override
    public String subject() {
        return SUBJECT;
    }

    @Override
    public List<Finding> inspect() {
        Readiness readiness = protector.readiness();
        return List.of(
                readiness.ready()
                        ? Finding.ok(SUBJECT, readiness.text())
                        : Finding.warning(SUBJECT, readiness.text(), readiness.remedy()));
    }

    @Deactivate
    void close() {
        closed = true;
        watch.execute(() -> offer(false));
        watch.shutdown();
        try {
            if (!watch.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warn("{} does not answer; its thread ends when it does", said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
