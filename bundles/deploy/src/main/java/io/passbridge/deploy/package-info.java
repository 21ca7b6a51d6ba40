/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** From a jar in the deploy folder to a bundle that runs, or to the reason why it does not. */
package io.passbridge.deploy;
