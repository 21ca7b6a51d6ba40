/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** The key set: sealing of secrets, life cycle of keys, protectors of the key set itself. */
@Export
@Version("1.0.0")
package io.passbridge.keys;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
