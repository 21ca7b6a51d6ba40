/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** The pages: {@code /metrics}, {@code /health/live}, {@code /health/ready}. */
package io.passbridge.monitoring.web;
