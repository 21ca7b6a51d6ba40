/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.jdbc;

import io.passbridge.credential.Secret;
import java.sql.SQLException;
import java.util.Optional;

/** Whom a database is signed in to as. Thread-safe. */
public interface Role {
    /**
     * The role's name, or empty for the operating-system user.
     *
     * @throws SQLException of state 28000 if it is not known yet, with the reason
     */
    String name() throws SQLException;

    /**
     * The password as it is now, asked for with each new connection.
     *
     * @return closed by the caller; empty where none is needed
     * @throws SQLException of state 28000 if it cannot be had, with the reason
     */
    Optional<Secret> password() throws SQLException;

    /** What to look at if the role is refused: the end of a sentence. */
    String remedy();
}
