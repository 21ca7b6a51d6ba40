/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.record;

/** Why a record that was found cannot be used as it stands. */
enum RecordTrouble {
    NONE,
    TOO_LONG,
    /** The next record begins without a blank line before it. */
    RUNS_ON
}
