/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** The platform as a service of systemd: sd_notify(3) and the watchdog. */
package io.passbridge.systemd;
