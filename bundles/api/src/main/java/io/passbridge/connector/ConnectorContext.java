/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector;

import io.passbridge.credential.LegacyPolicy;
import io.passbridge.credential.PasswordVerifier;
import io.passbridge.credential.Secret;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What the platform gives to one connector instance. Thread-safe; useless once the connector is
 * closed.
 */
@ProviderType
public interface ConnectorContext {
    /** The instance's configuration. */
    ConnectorConfiguration configuration();

    /**
     * The secret of the instance's account, opened for this call: use it at once and close it.
     * Never kept.
     *
     * @throws ConnectorException of kind {@link ConnectorException.Kind#AUTHENTICATION} if no
     *     secret has been set or the key set is locked; the message says what to do
     */
    Secret accountSecret() throws ConnectorException;

    /**
     * The name of the instance's account as {@code account:set} stored it, if one was set.
     *
     * @throws ConnectorException of kind {@link ConnectorException.Kind#AUTHENTICATION} if the
     *     store cannot be read now
     */
    Optional<String> accountName() throws ConnectorException;

    /** A folder for the instance's own durable data, which exists and is open to the owner only. */
    Path dataFolder();

    /** Threads for periodic or delayed work; tasks are cancelled when the connector is closed. */
    ScheduledExecutorService executor();

    /** The platform's clock. */
    Clock clock();

    /** To be asked before each use of a legacy primitive. */
    LegacyPolicy legacyPolicy();

    /**
     * A verifier over all schemes that are registered at the moment of each call, for connectors
     * that check passwords themselves. A digest of a scheme that nobody knows is an {@link
     * IllegalArgumentException}.
     */
    PasswordVerifier passwordVerifier();

    /**
     * Reports that the system became reachable or not, outside of a call. Calls report by their
     * results.
     *
     * @param text what happened, for the operator
     */
    void report(boolean reachable, String text);

    /**
     * Reports that a preferred server failed and another one is used instead (event 616).
     *
     * @param server the one that is used now
     * @param reason why the others are not
     */
    void reportFailOver(String server, String reason);

    /**
     * Reports an item of the source or target that cannot be used, such as a malformed record.
     * Counted, journalled with a limited rate and shown by {@code connector:show}.
     *
     * @param place where: a file and line, a DN
     * @param reason why, without anything secret
     */
    void reportBadRecord(String place, String reason);
}
