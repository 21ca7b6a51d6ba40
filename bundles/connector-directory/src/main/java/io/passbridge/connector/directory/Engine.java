/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory;

import com.zaxxer.hikari.HikariConfig;
import io.passbridge.connector.ConnectorException;
import java.sql.Connection;
import java.sql.SQLException;

/** Which database the directory keeps its users in, and what is particular about it. */
interface Engine {
    /** The database in words, without a secret. */
    String name();

    /** What an operator should look at if it cannot be opened. */
    String remedy();

    /** How a pool of connections is made. */
    HikariConfig pool() throws ConnectorException;

    /** Makes what the schema's tables need to be created in. */
    void prepare(Connection connection) throws SQLException;

    /** The folder of the schema's scripts. */
    String folder();

    /** A table of numbers, one parameter, an array, to which an alias can be appended. */
    String numbers();

    /** A new index, empty until it is loaded. */
    UserIndex index();

    /** Makes durable what the connection has just committed, if the commit did not. */
    void afterCommit(Connection connection) throws SQLException;

    /** Whether the database has ended itself, so that none of its connections will work again. */
    boolean ended(SQLException failure);
}
