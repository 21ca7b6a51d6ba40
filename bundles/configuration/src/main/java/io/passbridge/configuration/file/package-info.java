/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** Configuration files: read, judged, changed. */
package io.passbridge.configuration.file;
