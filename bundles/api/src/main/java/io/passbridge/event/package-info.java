/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** The event journal: numbered, hash-chained records of what happened. */
@Export
@Version("1.0.0")
package io.passbridge.event;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
