/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Findings about the health of a part of the platform, each with a remedy, and the inspectors that
 * make them.
 */
@Export
@Version("1.0.0")
package io.passbridge.health;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
