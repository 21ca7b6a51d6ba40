/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.configuration;

import io.passbridge.health.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Says what is wrong with a configuration file, in force or not. Safe for several threads. */
@ProviderType
public interface ConfigurationCheck {
    /**
     * Everything that is wrong with a file: its encoding, its name, parameters that nobody reads,
     * and values that are not allowed. Nothing is put into force.
     *
     * @param file its name says what it configures; it may be in any folder
     * @return empty if nothing is wrong
     * @throws IOException if it cannot be read
     */
    List<Finding> check(Path file) throws IOException;

    /** The files in {@code etc/} that are new or changed and have not been read yet. */
    List<Path> unread() throws IOException;

    /** The files in {@code etc/} that are meant for this platform, by name. */
    List<Path> files() throws IOException;
}
