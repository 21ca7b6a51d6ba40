/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Whether somebody's change may pass, and what must be judged anew when a gate changes. */
package io.passbridge.sync.gate;
