/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** Durable state of the platform: account secrets, sync state, run history, the servers' leases. */
@Export
@Version("1.0.0")
package io.passbridge.store;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
