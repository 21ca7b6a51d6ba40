/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** When a route runs, and whether this server may: timetable, lease, run history. */
package io.passbridge.sync.engine;
