/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** What the host gets from the platform: services, limits, secrets, journal. */
package io.passbridge.connector.supervision.platform;
