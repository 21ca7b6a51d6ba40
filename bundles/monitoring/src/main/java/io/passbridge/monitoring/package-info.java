/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** What is asked about the platform from outside, and the limits of how often it is looked up. */
package io.passbridge.monitoring;
