/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision;

import io.passbridge.connector.ConnectorDescriptor;
import io.passbridge.connector.ConnectorFactory;

/**
 * A factory service that is there now. Whoever holds this holds a class of the connector's bundle,
 * so it is let go when the service goes.
 *
 * @param factory the service
 * @param descriptor what it makes
 * @param bundle symbolic name and version of its bundle
 * @param ranking of the service
 * @param serviceId of the service
 */
record Candidate(
        ConnectorFactory factory,
        ConnectorDescriptor descriptor,
        String bundle,
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

    ClassLoader loader() {
        return factory.getClass().getClassLoader();
    }
}
