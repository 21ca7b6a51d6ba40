/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.configuration;

import java.io.IOException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Changes configuration files on behalf of commands, so that the next start reads what the command
 * made. Safe for use by several threads.
 */
@ProviderType
public interface ConfigurationEditor {
    /**
     * Sets one parameter in a file of {@code etc/} and puts it into force. Comments, order and
     * every other parameter stay; the file is replaced in one step, or not at all.
     *
     * @param file name without folder, such as {@code io.passbridge.route-corp_cloud.cfg}
     * @param parameter name of the parameter; added at the end if the file does not set it
     * @param value one line
     * @throws IOException if the file is not there, cannot be read as UTF-8 or cannot be written;
     *     nothing is changed then
     */
    void set(String file, String parameter, String value) throws IOException;
}
