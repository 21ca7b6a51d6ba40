/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Commands and shells on a running platform, over its local socket. */
package io.passbridge.launcher.client;
