/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.connid;

import io.passbridge.connector.ConnectorDescriptor.Parameter;
import io.passbridge.connector.ConnectorFactory;
import io.passbridge.connector.tck.SourceHarness;
import io.passbridge.connector.tck.TestConfiguration;
import io.passbridge.connector.tck.TestContext;
import io.passbridge.credential.SourceAnchor;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** ConnId's database table as a source, over a table of H2 with a column of hashed passwords. */
final class TableSourceHarness implements SourceHarness {
    private final Connection database;
    private final ConnectorJar jar;
    private final ConnectorFactory factory;
    private final TestContext context;
    private int last;

    TableSourceHarness(Path folder) throws Exception {
        String url = "jdbc:h2:mem:" + folder.getFileName() + ";DB_CLOSE_DELAY=-1";
        database = DriverManager.getConnection(url, "owner", "open sesame");
        change(
                "CREATE TABLE staff (login VARCHAR(100) PRIMARY KEY, number VARCHAR(20), hash"
                        + " VARCHAR(500), active VARCHAR(10), title VARCHAR(100))");
        jar = Dropped.open("db.table", folder);
        factory = new ConnIdFactory(jar.connectors().get(0));
        Map<String, String> parameters =
                Map.of(
                        "jdbcDriver", "org.h2.Driver",
                        "jdbcUrlTemplate", url,
                        "user", "owner",
                        "table", "STAFF",
                        "keyColumn", "LOGIN",
                        "statusColumn", "ACTIVE",
                        "anchorFrom", "NUMBER",
                        "hashFrom", "HASH",
                        "attributes", "position=TITLE");
        context =
                new TestContext(
                                new TestConfiguration(
                                        "staff", factory.descriptor(), folder, parameters),
                                folder.resolve("data"))
                        .withAccount("", "open sesame");
    }

    @Override
    public ConnectorFactory factory() {
        return factory;
    }

    @Override
    public TestContext context() {
        return context;
    }

    @Override
    public List<Parameter> ownParameters() {
        return Settings.PARAMETERS;
    }

    @Override
    public SourceAnchor addUser(String loginName) throws SQLException {
        SourceAnchor anchor = new SourceAnchor("N" + ++last);
        change(
                "INSERT INTO staff (login, number, hash, active) VALUES (?, ?, ?, 'true')",
                loginName,
                anchor.value(),
                hash());
        return anchor;
    }

    private String hash() {
        byte[] hash = new byte[72];
        hash[1] = (byte) ++last;
        return "{SSHA512}" + Base64.getEncoder().encodeToString(hash);
    }

    @Override
    public void changePassword(SourceAnchor user) throws SQLException {
        change("UPDATE staff SET hash = ? WHERE number = ?", hash(), user.value());
    }

    @Override
    public void disable(SourceAnchor user) throws SQLException {
        change("UPDATE staff SET active = 'false' WHERE number = ?", user.value());
    }

    @Override
    public void delete(SourceAnchor user) throws SQLException {
        change("DELETE FROM staff WHERE number = ?", user.value());
    }

    @Override
    public void setTitle(SourceAnchor user, String title) throws SQLException {
        change("UPDATE staff SET title = ? WHERE number = ?", title, user.value());
    }

    @Override
    public void breakConnection() throws SQLException {
        change("DROP TABLE staff");
    }

    private void change(String statement, String... values) throws SQLException {
        try (PreparedStatement change = database.prepareStatement(statement)) {
            for (int i = 0; i < values.length; i++) {
                change.setString(i + 1, values[i]);
            }
            change.execute();
        }
    }

    @Override
    public void close() throws Exception {
        context.close();
        jar.close();
        change("SHUTDOWN");
    }
}
