/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ItemOutcome;
import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.PasswordTarget;
import io.passbridge.connector.PasswordUpdate;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.Digest;
import io.passbridge.credential.PasswordVerifier;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The digests and account states, a batch in a transaction. */
final class PasswordRows implements PasswordTarget {
    private final Database database;
    private final PasswordVerifier verifier;
    private final Consumer<Digest> seen;

    /**
     * @param verifier knows which schemes a sign-in can be checked with
     * @param seen is told of a digest now and then
     */
    PasswordRows(Database database, PasswordVerifier verifier, Consumer<Digest> seen) {
        this.database = database;
        this.verifier = verifier;
        this.seen = seen;
    }

    @Override
    public Set<String> schemes() {
        Set<String> schemes = new TreeSet<>(verifier.schemes());
        schemes.retainAll(StoredSchemes.ALL);
        return schemes;
    }

    @Override
    public List<ItemOutcome> apply(List<PasswordUpdate> batch) throws ConnectorException {
        Set<String> schemes = schemes();
        List<ItemOutcome> outcomes =
                database.write(connection -> new Batch(connection, batch, schemes).run());
        batch.stream().flatMap(update -> update.digest().stream()).findFirst().ifPresent(seen);
        return outcomes;
    }

    /** What the directory holds of a user; a sequence of -1 stands for nothing yet. */
    private record Held(long sequence, long time, int state, boolean digest) {
        int compareTo(ChangeVersion version) {
            return sequence < 0 ? -1 : new ChangeVersion(sequence, time).compareTo(version);
        }
    }

    private static final class Batch {
        private static final String NOT_NEWER =
                " WHERE anchor = ? AND (version_sequence < ?"
                        + " OR (version_sequence = ? AND version_time <= ?))";

        private final Connection connection;
        private final List<PasswordUpdate> updates;
        private final Set<String> schemes;
        private final List<Integer> withDigest = new ArrayList<>();
        private final List<Integer> stateOnly = new ArrayList<>();

        Batch(Connection connection, List<PasswordUpdate> updates, Set<String> schemes) {
            this.connection = connection;
            this.updates = updates;
            this.schemes = schemes;
        }

        List<ItemOutcome> run() throws SQLException {
            Map<String, Held> held = load();
            List<ItemOutcome> outcomes = new ArrayList<>(updates.size());
            try (PreparedStatement both =
                            connection.prepareStatement(
                                    "UPDATE directory_user SET version_sequence = ?, version_time ="
                                        + " ?, changed_at = ?, state = ?, scheme = ?, digest = ?"
                                            + NOT_NEWER);
                    PreparedStatement state =
                            connection.prepareStatement(
                                    "UPDATE directory_user SET version_sequence = ?, version_time ="
                                            + " ?, changed_at = ?, state = ?"
                                            + NOT_NEWER);
                    PreparedStatement names =
                            connection.prepareStatement(
                                    "DELETE FROM sign_in_name WHERE anchor = ?")) {
                for (int i = 0; i < updates.size(); i++) {
                    PasswordUpdate update = updates.get(i);
                    ItemOutcome outcome = judge(update, held.get(update.anchor().value()));
                    outcomes.add(outcome);
                    if (outcome.outcome() != Outcome.APPLIED) {
                        continue;
                    }
                    boolean deleted = update.state().has(AccountState.Flag.DELETED);
                    if (deleted || update.digest().isPresent()) {
                        bindDigest(both, deleted ? null : update.digest().orElseThrow());
                        bind(both, update, 7);
                        withDigest.add(i);
                    } else {
                        bind(state, update, 5);
                        stateOnly.add(i);
                    }
                    if (deleted) {
                        names.setString(1, update.anchor().value());
                        names.addBatch();
                    }
                }
                settle(both.executeBatch(), withDigest, outcomes);
                settle(state.executeBatch(), stateOnly, outcomes);
                names.executeBatch();
            }
            return outcomes;
        }

        private ItemOutcome judge(PasswordUpdate update, Held held) {
            if (held == null) {
                return new ItemOutcome(
                        update.anchor(), Outcome.NO_SUCH_USER, "the directory has no such user");
            }
            int age = held.compareTo(update.version());
            if (age > 0) {
                return newerHeld(update);
            }
            boolean nothingNew = update.digest().isEmpty() || held.digest();
            if (age == 0 && nothingNew && held.state() == update.state().toBits()) {
                return ItemOutcome.already(update.anchor());
            }
            String fault = update.digest().map(this::fault).orElse("");
            return fault.isEmpty()
                    ? ItemOutcome.applied(update.anchor())
                    : new ItemOutcome(update.anchor(), Outcome.REJECTED, fault);
        }

        private String fault(Digest digest) {
            return schemes.contains(digest.scheme())
                    ? StoredSchemes.fault(digest)
                    : "scheme "
                            + digest.scheme()
                            + " is not one that a sign-in can be checked with";
        }

        private Map<String, Held> load() throws SQLException {
            Map<String, Held> held = new HashMap<>();
            Array anchors =
                    connection.createArrayOf(
                            "VARCHAR",
                            updates.stream().map(update -> update.anchor().value()).toArray());
            try (PreparedStatement select =
                    connection.prepareStatement(
                            "SELECT anchor, version_sequence, version_time, state, scheme"
                                    + " FROM directory_user WHERE anchor = ANY(?)")) {
                select.setArray(1, anchors);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        held.put(
                                row.getString(1),
                                new Held(
                                        row.getLong(2),
                                        row.getLong(3),
                                        row.getInt(4),
                                        row.getString(5) != null));
                    }
                }
            } finally {
                anchors.free();
            }
            return held;
        }

        /** Another server may have written between the reading and now. */
        private void settle(int[] counts, List<Integer> items, List<ItemOutcome> outcomes) {
            for (int i = 0; i < counts.length; i++) {
                if (counts[i] == 0) {
                    int item = items.get(i);
                    outcomes.set(item, newerHeld(updates.get(item)));
                }
            }
        }

        private static ItemOutcome newerHeld(PasswordUpdate update) {
            return new ItemOutcome(
                    update.anchor(), Outcome.CONFLICT, "the directory holds a newer version");
        }

        private static void bindDigest(PreparedStatement statement, Digest digest)
                throws SQLException {
            if (digest == null) {
                statement.setNull(5, Types.VARCHAR);
                statement.setNull(6, Types.VARCHAR);
            } else {
                statement.setString(5, digest.scheme());
                statement.setString(6, digest.encoded());
            }
        }

        private static void bind(PreparedStatement statement, PasswordUpdate update, int condition)
                throws SQLException {
            ChangeVersion version = update.version();
            statement.setLong(1, version.sequence());
            statement.setLong(2, version.time());
            statement.setLong(3, update.changedAt().toEpochMilli());
            statement.setInt(4, update.state().toBits());
            statement.setString(condition, update.anchor().value());
            statement.setLong(condition + 1, version.sequence());
            statement.setLong(condition + 2, version.sequence());
            statement.setLong(condition + 3, version.time());
            statement.addBatch();
        }
    }
}
