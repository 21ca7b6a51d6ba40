/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** The jars that an administrator drops into the deploy folder of a running platform. */
@Export
@Version("1.0.0")
package io.passbridge.plugin;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
