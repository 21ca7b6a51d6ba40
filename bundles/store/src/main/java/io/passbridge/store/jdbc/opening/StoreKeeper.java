/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc.opening;

import io.passbridge.health.Finding;
import io.passbridge.health.Inspector;
import io.passbridge.jdbc.Location;
import io.passbridge.jdbc.ReadOnly;
import io.passbridge.store.StoreException;
import io.passbridge.store.jdbc.database.Database;
import io.passbridge.store.jdbc.sync.LeaseRow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the database, and tries again until it opens. While it is open it is a service of this
 * bundle, and with it the services of the store are there; until then this inspector says what is
 * in the way.
 *
 * <p>Opens on a thread of its own, and waits for the first attempt for some seconds only: usually
 * the services are there when this has started, yet a database that does not answer does not hold
 * up the start of the platform.
 */
// registered by hand, while it can be used
@Capability(
        namespace = "osgi.service",
        attribute = "objectClass:List<String>=\"io.passbridge.store.jdbc.database.Database\"",
        effective = "active")
@Component(
        name = "io.passbridge.store.jdbc.StoreKeeper",
        service = Inspector.class,
        immediate = true,
        configurationPid = StoreSettings.PID)
@Designate(ocd = StoreSettings.class)
public final class StoreKeeper implements Inspector {
    private static final Logger LOG = LoggerFactory.getLogger(StoreKeeper.class);
    private static final String SUBJECT = "store";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final BundleContext context;
    private final StoreSettings settings;
    private final BooleanSupplier fips;
    private final ScheduledThreadPoolExecutor opener;
    private final Duration stopPatience;

    private volatile Optional<Location> location = Optional.empty();
    private volatile String trouble = "";
    private Database database;
    private ServiceRegistration<Database> registration;
    private boolean closed;

    @Activate
    public StoreKeeper(
            BundleContext context, StoreSettings settings, @Reference FipsEnforcement fips) {
        this(context, settings, fips, PATIENCE, PATIENCE);
    }

    /**
     * @param fips asked with each connection to a database of PostgreSQL
     * @param startPatience how long the start waits for the first attempt
     * @param stopPatience how long the stop waits for an attempt
     */
    StoreKeeper(
            BundleContext context,
            StoreSettings settings,
            BooleanSupplier fips,
            Duration startPatience,
            Duration stopPatience) {
        this.stopPatience = stopPatience;
        this.context = context;
        this.settings = settings;
        this.fips = fips;
        this.opener =
                new ScheduledThreadPoolExecutor(
                        1, task -> new Thread(task, "passbridge-store-opener"));
        opener.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        await(opener.submit(this::open), startPatience);
    }

    private static void await(Future<?> attempt, Duration patience) {
        try {
            attempt.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.info("The store is still being opened");
        } catch (ExecutionException e) {
            LOG.error("The store cannot be opened", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void open() {
        try {
            Opening where = locate();
            location = Optional.of(where.location());
            keep(where.open());
        } catch (StoreException | RuntimeException | LinkageError e) {
            String reason = reason(e);
            if (isClosed()) {
                // the platform stops, and what it is made of is no longer all there
                LOG.debug("The store was not opened before the end: {}", reason);
                return;
            }
            if (!reason.equals(trouble)) {
                LOG.error("The store is not available: {}", reason);
                LOG.debug("The store is not available", e);
            }
            trouble = reason;
            retry();
        }
    }

    private static String reason(Throwable trouble) {
        String message = String.valueOf(trouble.getMessage());
        if (trouble instanceof LinkageError && message.contains("org/h2/")) {
            return "the embedded database needs the bundle com.h2database:h2, which is not"
                    + " installed; install it, or give the url of a PostgreSQL database in"
                    + " etc/io.passbridge.store.cfg";
        }
        return trouble.getMessage() == null ? trouble.toString() : message;
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private void retry() {
        later(this::open);
    }

    private synchronized void later(Runnable task) {
        if (!closed) {
            opener.schedule(task, Math.max(1, settings.retrySeconds()), TimeUnit.SECONDS);
        }
    }

    /**
     * Opens a database anew that has ended itself, as on a full disk. Everything that is made of it
     * goes and comes again, since it may remember what was not written.
     */
    private void watch(Database open) {
        if (!open.ended()) {
            later(() -> watch(open));
            return;
        }
        ServiceRegistration<Database> withdrawn;
        synchronized (this) {
            if (closed) {
                return;
            }
            withdrawn = registration;
            registration = null;
            database = null;
            trouble = open.name() + " has ended itself and is opened anew";
        }
        LOG.warn("The store is not available: {}", trouble);
        withdrawn.unregister();
        open.close();
        open();
    }

    private synchronized void keep(Database opened) {
        if (closed) {
            opened.close();
            return;
        }
        database = opened;
        trouble = "";
        LOG.info("The store is open: {}", opened.name());
        registration = context.registerService(Database.class, opened, null);
        later(() -> watch(opened));
    }

    private Opening locate() {
        if (settings.url().isBlank()) {
            return Opening.embedded(folder(), poolSize());
        }
        String credentials = System.getenv("CREDENTIALS_DIRECTORY");
        return Opening.postgres(
                settings.url().strip(),
                StoreRole.of(
                        settings.user(),
                        settings.passwordFile(),
                        settings.passwordCredential(),
                        credentials == null ? "" : credentials),
                settings.socket(),
                settings.schema(),
                poolSize(),
                fips);
    }

    private int poolSize() {
        return Math.min(100, Math.max(2, settings.poolSize()));
    }

    private Path folder() {
        if (!settings.folder().isBlank()) {
            return Path.of(settings.folder());
        }
        String data = context.getProperty("passbridge.data");
        return Path.of(data == null ? "data" : data, "store");
    }

    @Override
    public String subject() {
        return SUBJECT;
    }

    @Override
    public List<Finding> inspect() {
        List<Finding> findings = new ArrayList<>();
        Database open;
        synchronized (this) {
            open = database;
        }
        if (open == null) {
            findings.add(closedFinding(trouble));
        } else {
            findings.add(answer(open));
        }
        location.ifPresent(where -> findings.addAll(where.inspect(SUBJECT)));
        return findings;
    }

    private Finding closedFinding(String why) {
        return why.isEmpty()
                ? Finding.warning(
                        SUBJECT,
                        "the database is being opened; no cycle runs and nothing can be"
                                + " administered until it is open",
                        "Wait a little, then doctor again")
                : Finding.error(
                        SUBJECT,
                        why,
                        "See what it says; it is tried again every "
                                + settings.retrySeconds()
                                + " s, no restart is needed");
    }

    private static Finding answer(Database open) {
        try {
            open.read(LeaseRow::read);
            return open.<Boolean>read(connection -> open.engine().takesWrites(connection))
                    ? Finding.ok(SUBJECT, open.name() + " is open")
                    : Finding.error(
                            SUBJECT,
                            open.name() + " is read-only: nothing is synchronised meanwhile",
                            upper(ReadOnly.REMEDY) + "; the platform goes on by itself");
        } catch (StoreException e) {
            return Finding.error(
                    SUBJECT,
                    e.getMessage(),
                    "Bring the database back; the platform goes on by itself");
        }
    }

    private static String upper(String sentence) {
        return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }

    /**
     * Waits for an attempt that is under way: it needs the bundles around it to end in good order,
     * and they are stopped next.
     */
    @Deactivate
    public void close() {
        opener.shutdown();
        synchronized (this) {
            closed = true;
        }
        try {
            if (!opener.awaitTermination(stopPatience.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("The store does not answer; it is left to itself");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (registration != null) {
            registration.unregister();
        }
        if (database != null) {
            database.close();
        }
    }
}
