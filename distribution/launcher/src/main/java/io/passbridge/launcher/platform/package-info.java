/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** The platform as a process: its folders, its lock, its start and its end. */
package io.passbridge.launcher.platform;
