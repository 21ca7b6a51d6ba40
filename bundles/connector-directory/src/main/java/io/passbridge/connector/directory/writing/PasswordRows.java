/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory.writing;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ItemOutcome;
import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.PasswordTarget;
import io.passbridge.connector.PasswordUpdate;
import io.passbridge.connector.directory.database.Batches;
import io.passbridge.connector.directory.database.Database;
import io.passbridge.connector.directory.database.UserIndex;
import io.passbridge.connector.directory.database.UserRow;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.Digest;
import io.passbridge.credential.PasswordVerifier;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The digests and account states, a batch in a transaction. */
public final class PasswordRows implements PasswordTarget {
    private final Database database;
    private final PasswordVerifier verifier;
    private final Consumer<Digest> seen;

    /**
     * @param verifier knows which schemes a sign-in can be checked with
     * @param seen is told of a digest now and then
     */
    public PasswordRows(Database database, PasswordVerifier verifier, Consumer<Digest> seen) {
        this.database = database;
        this.verifier = verifier;
        this.seen = seen;
    }

    @Override
    public Set<String> schemes() {
        Set<String> schemes = new TreeSet<>(verifier.permitted());
        schemes.removeIf(scheme -> !StoredSchemes.takes(scheme));
        return schemes;
    }

    @Override
    public Optional<String> refusal(String scheme) {
        return StoredSchemes.takes(scheme) ? verifier.refusal(scheme) : Optional.empty();
    }

    @Override
    public List<ItemOutcome> apply(List<PasswordUpdate> batch) throws ConnectorException {
        Set<String> schemes = schemes();
        List<ItemOutcome> outcomes =
                Batches.apply(
                        batch,
                        PasswordUpdate::anchor,
                        items ->
                                database.write(
                                        connection -> new Batch(connection, items, schemes).run()));
        batch.stream().flatMap(update -> update.digest().stream()).findFirst().ifPresent(seen);
        return outcomes;
    }

    private final class Batch {
        /** Takes the user's data and names away; the row keeps the version. */
        private static final String DELETION =
                ", scheme = NULL, digest = NULL, login_name = '', aliases = '', display_name = '',"
                        + " attributes = '', given_name = '', family_name = '', mail = ''";

        private static final String NOT_NEWER =
                " WHERE id = ? AND (version_sequence < ?"
                        + " OR (version_sequence = ? AND version_time <= ?))";

        private final Connection connection;
        private final UserIndex index = database.index();
        private final UserIndex.Notes notes = index.notes();
        private final List<PasswordUpdate> updates;
        private final Set<String> schemes;

        Batch(Connection connection, List<PasswordUpdate> updates, Set<String> schemes) {
            this.connection = connection;
            this.updates = updates;
            this.schemes = schemes;
        }

        List<ItemOutcome> run() throws SQLException {
            Map<String, UserRow> users = load();
            List<ItemOutcome> outcomes = new ArrayList<>(updates.size());
            try (Change digests = new Change(", scheme = ?, digest = ?");
                    Change states = new Change("");
                    Change deletions = new Change(DELETION)) {
                for (int i = 0; i < updates.size(); i++) {
                    PasswordUpdate update = updates.get(i);
                    UserRow user = users.get(update.anchor().value());
                    ItemOutcome outcome = judge(update, user);
                    outcomes.add(outcome);
                    if (outcome.outcome() != Outcome.APPLIED) {
                        continue;
                    }
                    if (update.state().has(AccountState.Flag.DELETED)) {
                        deletions.add(i, update, user.id());
                        notes.remove(user.id(), user.names());
                    } else if (update.digest().isPresent()) {
                        Digest digest = update.digest().get();
                        digests.add(i, update, user.id(), digest.scheme(), digest.encoded());
                    } else {
                        states.add(i, update, user.id());
                    }
                }
                for (Change change : List.of(digests, states, deletions)) {
                    for (int item : change.overtaken()) {
                        outcomes.set(item, newerHeld(updates.get(item)));
                    }
                }
                notes.flush(connection);
            }
            return outcomes;
        }

        private ItemOutcome judge(PasswordUpdate update, UserRow user) {
            if (user == null) {
                return new ItemOutcome(
                        update.anchor(), Outcome.NO_SUCH_USER, "the directory has no such user");
            }
            int age = user.compareTo(update.version());
            if (age > 0) {
                return newerHeld(update);
            }
            // another scheme is new: what is held may be of one that no longer verifies
            boolean nothingNew =
                    update.digest().filter(d -> !d.scheme().equals(user.scheme())).isEmpty();
            if (age == 0 && nothingNew && user.state().equals(update.state())) {
                return ItemOutcome.already(update.anchor());
            }
            String fault = update.digest().map(this::fault).orElse("");
            return fault.isEmpty()
                    ? ItemOutcome.applied(update.anchor())
                    : new ItemOutcome(update.anchor(), Outcome.REJECTED, fault);
        }

        private String fault(Digest digest) {
            if (!schemes.contains(digest.scheme())) {
                return "scheme "
                        + digest.scheme()
                        + " is not one that a sign-in can be checked with";
            }
            String unfit = StoredSchemes.fault(digest);
            return unfit.isEmpty() ? verifier.fault(digest).orElse("") : unfit;
        }

        private Map<String, UserRow> load() throws SQLException {
            List<String> anchors = updates.stream().map(update -> update.anchor().value()).toList();
            Set<Long> candidates = index.candidates(connection, anchors, List.of());
            Map<String, UserRow> users = new HashMap<>();
            for (UserRow row : UserRow.read(connection, database.store(), candidates)) {
                users.put(row.anchor(), row);
            }
            return users;
        }

        private static ItemOutcome newerHeld(PasswordUpdate update) {
            return new ItemOutcome(
                    update.anchor(), Outcome.CONFLICT, "the directory holds a newer version");
        }

        /** One kind of update of rows, collected and carried out together. */
        private final class Change implements AutoCloseable {
            private final PreparedStatement statement;
            private final List<Integer> items = new ArrayList<>();

            Change(String columns) throws SQLException {
                statement =
                        connection.prepareStatement(
                                "UPDATE directory_user SET version_sequence = ?, version_time = ?,"
                                        + " changed_at = ?, state = ?"
                                        + columns
                                        + NOT_NEWER);
            }

            void add(int item, PasswordUpdate update, long user, String... columns)
                    throws SQLException {
                ChangeVersion version = update.version();
                int at = 1;
                statement.setLong(at++, version.sequence());
                statement.setLong(at++, version.time());
                statement.setLong(at++, update.changedAt().toEpochMilli());
                statement.setInt(at++, update.state().toBits());
                for (String column : columns) {
                    statement.setString(at++, column);
                }
                statement.setLong(at++, user);
                statement.setLong(at++, version.sequence());
                statement.setLong(at++, version.sequence());
                statement.setLong(at, version.time());
                statement.addBatch();
                items.add(item);
            }

            /** Carries them out; the items whose rows another server has made newer meanwhile. */
            List<Integer> overtaken() throws SQLException {
                List<Integer> overtaken = new ArrayList<>();
                int[] counts = items.isEmpty() ? new int[0] : statement.executeBatch();
                for (int i = 0; i < counts.length; i++) {
                    if (counts[i] == 0) {
                        overtaken.add(items.get(i));
                    }
                }
                return overtaken;
            }

            @Override
            public void close() throws SQLException {
                statement.close();
            }
        }
    }
}
