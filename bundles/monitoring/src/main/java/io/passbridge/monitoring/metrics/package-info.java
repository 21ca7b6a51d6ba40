/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** The state of the platform as numbers, named as Prometheus names them. */
package io.passbridge.monitoring.metrics;
