/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.jdbc.h2;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * After each commit the file is copied as it is, which is what a kill would leave, and the copy is
 * opened. Space is used again as early as H2 allows it, so that commits get everywhere in the file.
 */
class CommittedFileTest {
    private static final int COMMITS = 250;
    private static final String SETTINGS =
            "RETENTION_TIME=0;AUTO_COMPACT_FILL_RATE=60;DB_CLOSE_ON_EXIT=FALSE";

    @TempDir Path folder;

    @Test
    void killAfterAnyCommit_losesNone() throws Exception {
        assertThat(lost(CommittedFile.url(folder.resolve("a"), SETTINGS))).isZero();
    }

    /** When this fails, H2 has mended it, and {@link CommittedFile} can go. */
    @Test
    void killAfterAnyCommit_filesOfH2_loseSome() throws Exception {
        String url = "jdbc:h2:" + folder.resolve("a") + ";" + SETTINGS;
        assertThat(lost(url)).isPositive();
    }

    /** How many commits were not in the copy made right after them. */
    private int lost(String url) throws Exception {
        Random random = new Random(1);
        int lost = 0;
        try (Connection connection = DriverManager.getConnection(url)) {
            execute(connection, "CREATE TABLE page(id INT PRIMARY KEY, content VARBINARY)");
            connection.setAutoCommit(false);
            for (int commit = 1; commit <= COMMITS; commit++) {
                byte[] content =
                        new byte[1 + random.nextInt(random.nextInt(10) == 0 ? 90_000 : 900)];
                random.nextBytes(content);
                put(connection, 0, new byte[] {(byte) (commit >> 8), (byte) commit});
                put(connection, 1 + random.nextInt(40), content);
                connection.commit();
                execute(connection, "CHECKPOINT SYNC");
                lost += inACopy() == commit ? 0 : 1;
            }
        }
        return lost;
    }

    private static void put(Connection connection, int id, byte[] content) throws SQLException {
        try (PreparedStatement merge =
                connection.prepareStatement("MERGE INTO page(id, content) VALUES (?, ?)")) {
            merge.setInt(1, id);
            merge.setBytes(2, content);
            merge.executeUpdate();
        }
    }

    private int inACopy() throws Exception {
        Path copy = folder.resolve("copy.mv.db");
        Files.write(copy, Files.readAllBytes(folder.resolve("a.mv.db")));
        try (Connection connection =
                        DriverManager.getConnection("jdbc:h2:" + folder.resolve("copy"));
                Statement select = connection.createStatement();
                ResultSet row = select.executeQuery("SELECT content FROM page WHERE id = 0")) {
            row.next();
            byte[] number = row.getBytes(1);
            return (number[0] & 0xFF) << 8 | number[1] & 0xFF;
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
