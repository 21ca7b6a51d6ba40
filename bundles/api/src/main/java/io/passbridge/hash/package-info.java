/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** Digest schemes: how a source credential becomes something that may leave for a target. */
@Export
@Version("1.0.0")
package io.passbridge.hash;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
