/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision.session;

import io.passbridge.connector.ConnectorDescriptor;
import io.passbridge.connector.ConnectorFactory;
import org.osgi.framework.Version;

/**
 * A factory service that is there now. Whoever holds this holds a class of the connector's bundle,
 * so it is let go when the service goes.
 *
 * @param factory the service
 * @param descriptor what it makes
 * @param name symbolic name of its bundle
 * @param version of its bundle
 * @param ranking of the service
 * @param serviceId of the service
 */
public record Candidate(
        ConnectorFactory factory,
        ConnectorDescriptor descriptor,
        String name,
        Version version,
        int ranking,
        long serviceId)
        implements Comparable<Candidate> {
    /** The one that wins comes first, as the framework orders services. */
    @Override
    public int compareTo(Candidate other) {
        int byRanking = Integer.compare(other.ranking, ranking);
        return byRanking != 0 ? byRanking : Long.compare(serviceId, other.serviceId);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Candidate that && serviceId == that.serviceId;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(serviceId);
    }

    /** Symbolic name and version of its bundle. */
    public String bundle() {
        return name + " " + version;
    }

    ClassLoader loader() {
        return factory.getClass().getClassLoader();
    }
}
