/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Whether the platform lives and whether it does what it should, by the same inspectors as doctor.
 */
package io.passbridge.monitoring.health;
