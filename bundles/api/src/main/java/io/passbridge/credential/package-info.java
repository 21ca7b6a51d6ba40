/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * What travels from a source to a target: anchors, credentials, digests, versions, account state.
 * All values are immutable; those that hold secrets are closable, wiped on close and redacted in
 * text.
 */
@Export
@Version("1.0.0")
package io.passbridge.credential;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
