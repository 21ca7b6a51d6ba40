/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** The web server of the platform: not there unless it is configured. */
package io.passbridge.web;
