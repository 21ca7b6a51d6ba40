/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** The life cycle of connector instances: found, opened, watched, swapped, closed. */
package io.passbridge.connector.supervision;
