/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory;

import com.zaxxer.hikari.HikariConfig;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.jdbc.h2.CommittedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.api.ErrorCode;
import org.h2.jdbcx.JdbcDataSource;

/** An H2 database in the connector's own folder. */
record EmbeddedEngine(Path data) implements Engine {
    @Override
    public String name() {
        return "the embedded database in " + data;
    }

    @Override
    public String remedy() {
        return "check that no other process uses the folder, that it belongs to the account the"
                + " platform runs as, and that its disk has room";
    }

    @Override
    public HikariConfig pool() throws ConnectorException {
        createOwnerOnly(data.resolve("directory.mv.db"));
        JdbcDataSource source = new JdbcDataSource();
        // No trace file: it would repeat statements with their values.
        source.setURL(
                CommittedFile.url(
                        data.resolve("directory"),
                        "DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;LOCK_TIMEOUT=10000"));
        source.setUser("directory");
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setMinimumIdle(2); // H2 closes a database with its last connection
        config.setMaxLifetime(0);
        return config;
    }

    private static void createOwnerOnly(Path file) throws ConnectorException {
        if (Files.exists(file)) {
            return;
        }
        try {
            Files.createDirectories(file.getParent());
            if (Files.getFileStore(file.getParent()).supportsFileAttributeView("posix")) {
                Files.createFile(
                        file,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
            }
        } catch (IOException e) {
            throw new ConnectorException(
                    Kind.UNREACHABLE, file + " cannot be created: " + e.getMessage(), e);
        }
    }

    @Override
    public void prepare(Connection connection) {
        // the file is enough
    }

    @Override
    public String folder() {
        return "h2";
    }

    @Override
    public String numbers() {
        return "UNNEST(CAST(? AS BIGINT ARRAY))";
    }

    @Override
    public UserIndex index() {
        return new MemoryIndex();
    }

    /** H2's own commit hands the change to a background writer; a kill would lose it. */
    @Override
    public void afterCommit(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CHECKPOINT SYNC");
        }
    }

    /** H2 ends a database it cannot write to; its connections stay in the pool and look alive. */
    @Override
    public boolean ended(SQLException failure) {
        return failure.getErrorCode() == ErrorCode.DATABASE_IS_CLOSED
                || failure.getErrorCode() == ErrorCode.DATABASE_CALLED_AT_SHUTDOWN;
    }
}
