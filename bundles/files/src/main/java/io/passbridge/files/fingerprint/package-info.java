/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** Keyed fingerprints of one instance. Carried inside the bundles that compare by them. */
package io.passbridge.files.fingerprint;
