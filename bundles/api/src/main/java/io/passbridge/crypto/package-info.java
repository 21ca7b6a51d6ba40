/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** What computes digests, seals and random numbers: one module, chosen by the FIPS policy. */
@Export
@Version("1.0.0")
package io.passbridge.crypto;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
