/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory.writing;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.Holding;
import io.passbridge.connector.PasswordHoldings;
import io.passbridge.connector.directory.database.Database;
import io.passbridge.connector.directory.database.StoredUser;
import io.passbridge.connector.directory.database.UserRow;
import io.passbridge.credential.Digest;
import io.passbridge.credential.SourceAnchor;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the rows say now, of whoever wrote them. */
public final class HeldRows implements PasswordHoldings {
    private final Database database;

    public HeldRows(Database database) {
        this.database = database;
    }

    @Override
    public List<Holding> holdings(List<SourceAnchor> anchors) throws ConnectorException {
        return database.read(connection -> read(connection, anchors));
    }

    private List<Holding> read(Connection connection, List<SourceAnchor> anchors)
            throws SQLException {
        Set<Long> candidates =
                database.index()
                        .candidates(
                                connection,
                                anchors.stream().map(SourceAnchor::value).toList(),
                                List.of());
        Map<String, UserRow> rows = new HashMap<>();
        for (UserRow row : UserRow.read(connection, database.store(), candidates)) {
            rows.put(row.anchor(), row);
        }
        Map<Long, Digest> digests =
                StoredUser.digests(
                        connection,
                        database.store(),
                        rows.values().stream().map(UserRow::id).toList());
        return anchors.stream()
                .map(anchor -> holding(anchor, rows.get(anchor.value()), digests))
                .toList();
    }

    /** A row without names is what is left of a user who was deleted. */
    private static Holding holding(SourceAnchor anchor, UserRow row, Map<Long, Digest> digests) {
        if (row == null || row.account().isEmpty()) {
            return new Holding.Absent(anchor);
        }
        return new Holding.Held(
                anchor,
                Optional.ofNullable(digests.get(row.id())),
                row.sequence() >= 0 && row.state().mayStillSignIn());
    }
}
