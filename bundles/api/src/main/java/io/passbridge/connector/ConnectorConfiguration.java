/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The configuration of one connector instance, read-only, with the descriptor's defaults applied.
 * Holds no secret. Thread-safe.
 */
@ProviderType
public interface ConnectorConfiguration {
    /** The instance's name, the suffix of its PID: {@code corp}. */
    String instance();

    /** The value of a parameter, or empty if it is neither set nor has a default. */
    Optional<String> text(String parameter);

    /**
     * The value of an {@link ConnectorDescriptor.Type#INTEGER} parameter, which must be set or have
     * a default.
     */
    int integer(String parameter);

    /**
     * The value of a {@link ConnectorDescriptor.Type#BOOLEAN} parameter; false if it is not set.
     */
    boolean flag(String parameter);

    /** The value of a {@link ConnectorDescriptor.Type#PATH} parameter, absolute. */
    Optional<Path> path(String parameter);

    /**
     * The values of a {@link ConnectorDescriptor.Type#LIST} parameter, trimmed, without empty ones.
     */
    List<String> list(String parameter);
}
