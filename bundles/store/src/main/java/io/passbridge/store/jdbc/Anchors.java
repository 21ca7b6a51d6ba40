/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc;

import io.passbridge.credential.SourceAnchor;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/** Anchors as array parameters: one statement for a page, whatever its size. */
final class Anchors {
    /** The most anchors in one statement. */
    private static final int CHUNK = 1_000;

    private Anchors() {}

    static List<String[]> chunks(Collection<SourceAnchor> anchors) {
        String[] all = anchors.stream().map(SourceAnchor::value).distinct().toArray(String[]::new);
        return IntStream.iterate(0, from -> from < all.length, from -> from + CHUNK)
                .mapToObj(from -> Arrays.copyOfRange(all, from, Math.min(from + CHUNK, all.length)))
                .toList();
    }

    /** Sets the route as the first parameter and the anchors as the second. */
    static void set(PreparedStatement statement, int route, String[] anchors) throws SQLException {
        Connection connection = statement.getConnection();
        statement.setInt(1, route);
        statement.setArray(2, connection.createArrayOf("varchar", anchors));
    }
}
