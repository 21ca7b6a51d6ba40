/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** What a route is: its settings, its pause, and the words in which all rooms speak of it. */
package io.passbridge.sync.route;
