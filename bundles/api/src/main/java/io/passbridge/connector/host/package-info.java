/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** The connector instances of the platform as its other parts see them. Not for connectors. */
@Export
@Version("1.0.0")
package io.passbridge.connector.host;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
