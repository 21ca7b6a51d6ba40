/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** How a file is replaced as a whole. Carried inside the bundles that do so. */
package io.passbridge.files;
