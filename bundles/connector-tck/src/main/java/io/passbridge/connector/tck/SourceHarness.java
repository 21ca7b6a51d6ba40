/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.tck;

import io.passbridge.credential.SourceAnchor;

/** A source system that a contract can change. Each call returns when the change can be read. */
public interface SourceHarness extends ConnectorHarness {
    /** Adds an enabled user with a password. */
    SourceAnchor addUser(String loginName) throws Exception;

    /** Gives a user another password, whatever it is. */
    void changePassword(SourceAnchor user) throws Exception;

    /** Disables a user without touching the password. */
    void disable(SourceAnchor user) throws Exception;

    /** Deletes a user. */
    void delete(SourceAnchor user) throws Exception;

    /** Gives a user the only value of the attribute {@code title}; for AccountSourceContract. */
    default void setTitle(SourceAnchor user, String title) throws Exception {
        throw new UnsupportedOperationException("the harness sets no attributes");
    }

    /** Makes the system unreachable until the harness is closed. */
    void breakConnection() throws Exception;
}
