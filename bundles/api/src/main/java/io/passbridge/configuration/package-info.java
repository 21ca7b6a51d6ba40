/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** The configuration files of the platform, for commands that change them. */
@Export
@Version("1.0.0")
package io.passbridge.configuration;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
