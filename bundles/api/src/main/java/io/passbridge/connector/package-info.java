/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * The contract between the platform and a connector bundle. A connector sees this package, {@code
 * io.passbridge.credential} and {@code io.passbridge.health}; no key, no store, no other connector.
 */
@Export
@Version("1.0.0")
package io.passbridge.connector;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
