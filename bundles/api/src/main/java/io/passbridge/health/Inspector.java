/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.health;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Looks at one part of the platform and says what it found. A whiteboard service: {@code doctor}
 * calls every one that is registered. Must return within seconds, must not change anything, and
 * reports trouble as findings, not as exceptions.
 */
@ConsumerType
public interface Inspector {
    /**
     * The part of the platform that is looked at, as a heading: {@code key set}, {@code
     * connectors}.
     */
    String subject();

    /**
     * What was found, worst first or in a natural order; {@link Finding.Severity#OK} entries
     * included.
     */
    List<Finding> inspect();
}
