/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.configuration.file;

import java.io.IOException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * The configuration that a file is of, as its name says: {@code PID.cfg}, or {@code
 * PID-INSTANCE.cfg} for one of several.
 *
 * @param instance empty if there is one only
 */
record ConfigurationName(String pid, String instance) {
    static final String SUFFIX = ".cfg";

    static ConfigurationName of(String file) {
        String stem = file.substring(0, file.length() - SUFFIX.length());
        int hyphen = stem.indexOf('-');
        return hyphen < 0
                ? new ConfigurationName(stem, "")
                : new ConfigurationName(stem.substring(0, hyphen), stem.substring(hyphen + 1));
    }

    /** The configuration, made if there is none; for any bundle. */
    Configuration in(ConfigurationAdmin admin) throws IOException {
        return instance.isEmpty()
                ? admin.getConfiguration(pid, "?")
                : admin.getFactoryConfiguration(pid, instance, "?");
    }
}
