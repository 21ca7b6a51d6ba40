/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision.session;

/** Where an open connector's reports go. Any thread; returns at once. */
public interface InstanceReports {
    void reachable(boolean reachable, String text);

    void failedOver(String server, String reason);

    void badRecord(String place, String reason);

    /** The account's secret could be opened, or could not for the given reason. */
    void credentials(String refusal);

    void changesSignalled();

    /** Something was asked or said after the connector was closed. */
    void late();
}
