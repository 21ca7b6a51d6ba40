/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** Password synchronisation as seen by those who administer it: routes, cycles, explanations. */
@Export
@Version("1.0.0")
package io.passbridge.sync;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
