/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** One run of a route from its watermark on: pages and retries until nothing is left. */
package io.passbridge.sync.cycle;
