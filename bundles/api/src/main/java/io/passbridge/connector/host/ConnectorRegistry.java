/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.host;

import io.passbridge.connector.ConnectorDescriptor;
import io.passbridge.connector.ConnectorException;
import io.passbridge.health.Finding;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The connector instances, and the only way to call them. A service, thread-safe. Every call runs
 * on the instance's own lane under a time-out; anything unforeseen becomes a {@link
 * ConnectorException} of kind {@code PLUGIN_FAULT} without a reference to the plug-in's classes.
 */
@ProviderType
public interface ConnectorRegistry {
    /** Every configured instance, by name. */
    List<ConnectorStatus> instances();

    /** One instance. */
    Optional<ConnectorStatus> instance(String name);

    /** The connector types for which a bundle is there now, by type. */
    default List<ConnectorDescriptor> types() {
        return List.of();
    }

    /**
     * What an instance is configured with, by parameter name, defaults included; empty if its
     * configuration is not valid or no bundle serves it. Holds nothing secret.
     */
    default Map<String, String> settings(String instance) {
        return Map.of();
    }

    /**
     * A number that changes whenever an instance is opened anew, after an update of its bundle or
     * configuration or after a call that could not be broken off; 0 while it is not open. A
     * watermark that is not durable is of no use in another session: who reads a run of pages
     * compares this after each page with what it was before the run.
     */
    default long session(String instance) {
        return 0;
    }

    /** Whether an instance is open and has the capability now. */
    boolean has(String instance, Class<?> capability);

    /**
     * Calls a capability of an instance and waits for the result. The call must not keep the
     * capability object, nor return anything but JDK and API types.
     *
     * @throws ConnectorException what the connector threw; {@code UNREACHABLE} if the instance is
     *     not there, is paused or goes away before the call began; {@code OUTCOME_UNKNOWN} if it
     *     went away or ran out of time during the call
     * @throws InterruptedException if the calling thread was interrupted; the call was broken off
     */
    <C, R> R call(String instance, Class<C> capability, Call<C, R> call)
            throws ConnectorException, InterruptedException;

    /**
     * As {@link #call}, for what a connector says of itself without asking its system, as which
     * digests a target takes: that it answers does not mean that the system does, and an instance
     * that is offline stays so.
     */
    default <C, R> R ask(String instance, Class<C> capability, Call<C, R> call)
            throws ConnectorException, InterruptedException {
        return call(instance, capability, call);
    }

    /** Tests an instance over a fresh connection. */
    List<Finding> test(String instance) throws ConnectorException, InterruptedException;

    /** Stops calling an instance until it is resumed; survives a restart. */
    void pause(String instance) throws ConnectorException;

    /** Calls an instance again. */
    void resume(String instance) throws ConnectorException;

    /**
     * A call to a capability.
     *
     * @param <C> the capability
     * @param <R> a JDK or API type
     */
    @FunctionalInterface
    interface Call<C, R> {
        R on(C capability) throws ConnectorException;
    }
}
