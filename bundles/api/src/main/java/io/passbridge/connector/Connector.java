/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector;

import io.passbridge.health.Finding;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One open connector instance. The platform calls a capability of it from one thread at a time;
 * {@link #test} and {@link #close} may come from others at any moment.
 */
@ConsumerType
public interface Connector extends AutoCloseable {
    /**
     * Asks for a capability at run time: {@link PasswordSource}, {@link PasswordTarget}, {@link
     * ChangeSignal}, {@link AccountSource}, {@link AccountTarget}, {@link AccountSecretReset}. The
     * answer may depend on the configuration and on the system that is connected, but not change
     * while the connector is open.
     */
    <C> Optional<C> capability(Class<C> type);

    /**
     * Tests reach, authentication and rights over a fresh connection, doing one harmless operation
     * per capability. Trouble is a finding with a remedy, never an exception.
     */
    List<Finding> test();

    /**
     * Ends the connector for good: a running call is broken off, connections and threads are gone
     * when this returns. Idempotent, does not throw.
     */
    @Override
    void close();
}
