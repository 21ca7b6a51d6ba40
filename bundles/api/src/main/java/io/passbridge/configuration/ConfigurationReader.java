/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.configuration;

import io.passbridge.health.Finding;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Knows what some configurations may say that there can be several of, such as routes. Whoever
 * reads them registers one as a service. Safe for use by several threads.
 */
@ConsumerType
public interface ConfigurationReader {
    /**
     * Whether it reads configurations of this factory PID, such as {@code io.passbridge.route}.
     *
     * @param pid without the name of an instance
     */
    boolean reads(String pid);

    /**
     * Everything that is wrong with a configuration, found without asking any other system.
     *
     * @param pid a factory PID that it reads
     * @param instance the name of the instance
     * @param values parameters and their values as written in a file
     * @return one finding for each fault, whose subject is the parameter; empty if there is none
     */
    List<Finding> faults(String pid, String instance, Map<String, String> values);
}
