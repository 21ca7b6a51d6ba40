/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.connector.ConnectorException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
    @TempDir Path folder;

    @Test
    void databaseThatEndedItself_isOpenedAnewAtItsNextUse() throws Exception {
        try (Database database = new Database(UserStore.embedded(folder))) {
            assertThat(database.<Integer>read(DatabaseTest::users)).isZero();
            UserIndex before = database.index();

            assertThatThrownBy(() -> database.write(DatabaseTest::panic))
                    .isInstanceOf(ConnectorException.class);

            assertThat(database.<Integer>read(DatabaseTest::users)).isZero();
            assertThat(database.index()).as("read anew from what is on disk").isNotSameAs(before);
        }
    }

    private static int users(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM directory_user")) {
            row.next();
            return row.getInt(1);
        }
    }

    /** What H2 does to its storage if it cannot write to the file. */
    private static boolean panic(Connection connection) throws SQLException {
        SessionLocal session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
        MVStoreException full = new MVStoreException(DataUtils.ERROR_WRITING_FAILED, "disk full");
        assertThatThrownBy(() -> session.getDatabase().getStore().getMvStore().panic(full))
                .isSameAs(full);
        return true;
    }
}
