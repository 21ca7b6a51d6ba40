/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory;

import io.passbridge.connector.AccountRehearsal;
import io.passbridge.connector.AccountSecretReset;
import io.passbridge.connector.AccountTarget;
import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.PasswordHoldings;
import io.passbridge.connector.PasswordTarget;
import io.passbridge.connector.directory.database.Database;
import io.passbridge.connector.directory.database.StoredUser;
import io.passbridge.connector.directory.database.UserStore;
import io.passbridge.connector.directory.signin.DummyDigest;
import io.passbridge.connector.directory.signin.SignIn;
import io.passbridge.connector.directory.signin.SignInServer;
import io.passbridge.connector.directory.writing.AccountRows;
import io.passbridge.connector.directory.writing.HeldRows;
import io.passbridge.connector.directory.writing.PasswordRows;
import io.passbridge.files.WholeFile;
import io.passbridge.health.Finding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One cloud directory: its users, and the server that answers their sign-ins. */
final class DirectoryConnector implements Connector {
    /** The file in the instance's folder that holds the address of the sign-in server. */
    static final String URL_FILE = "sign-in.url";

    private final ConnectorContext context;
    private final String subject;
    private final Database database;
    private final AccountRows accounts;
    private final PasswordRows passwords;
    private final HeldRows holdings;
    private final Optional<AccountSecretReset> reset;
    private final SignInServer server;

    DirectoryConnector(
            ConnectorContext context, UserStore store, Optional<AccountSecretReset> reset)
            throws ConnectorException {
        this.context = context;
        this.subject = "connector " + context.configuration().instance();
        this.database = new Database(store);
        this.reset = reset;
        DummyDigest dummy = new DummyDigest();
        this.accounts = new AccountRows(database);
        this.passwords = new PasswordRows(database, context.passwordVerifier(), dummy::follow);
        this.holdings = new HeldRows(database);
        SignIn signIn = new SignIn(database, context.passwordVerifier(), dummy, context.clock());
        this.server = listen(signIn);
        context.executor().execute(() -> warmUp(dummy));
    }

    private SignInServer listen(SignIn signIn) throws ConnectorException {
        int port = context.configuration().integer(Parameters.SIGN_IN_PORT);
        try {
            SignInServer listening =
                    new SignInServer(
                            signIn,
                            context.configuration().instance(),
                            port,
                            context.executor(),
                            context.clock());
            try {
                byte[] url = (listening.url() + "\n").getBytes(StandardCharsets.US_ASCII);
                WholeFile.write(context.dataFolder().resolve(URL_FILE), out -> out.write(url));
            } catch (IOException | RuntimeException e) {
                listening.close();
                throw e;
            }
            return listening;
        } catch (IOException e) {
            throw new ConnectorException(
                    Kind.CONFIGURATION,
                    subject
                            + " cannot answer sign-ins on port "
                            + port
                            + ": "
                            + e.getMessage()
                            + "; choose another "
                            + Parameters.SIGN_IN_PORT
                            + ", 0 for a free one",
                    e);
        }
    }

    /** Opens the database before it is needed, and says what became of it. */
    private void warmUp(DummyDigest dummy) {
        try {
            database.read(StoredUser::anyDigest).ifPresent(dummy::follow);
            context.report(true, "sign-ins at " + server.url());
        } catch (ConnectorException e) {
            context.report(false, e.getMessage());
        }
    }

    @Override
    public <C> Optional<C> capability(Class<C> type) {
        if (type == PasswordTarget.class) {
            return Optional.of(type.cast(passwords));
        }
        if (type == AccountTarget.class || type == AccountRehearsal.class) {
            return Optional.of(type.cast(accounts));
        }
        if (type == PasswordHoldings.class) {
            return Optional.of(type.cast(holdings));
        }
        return type == AccountSecretReset.class ? reset.map(type::cast) : Optional.empty();
    }

    @Override
    public List<Finding> test() {
        List<Finding> findings = new ArrayList<>();
        try {
            findings.add(Finding.ok(subject, database.readFresh(DirectoryConnector::count)));
            findings.add(Finding.ok(subject, "sign-ins are answered at " + server.url()));
        } catch (ConnectorException e) {
            findings.add(
                    Finding.error(
                            subject,
                            e.getMessage(),
                            e.kind() == ConnectorException.Kind.AUTHENTICATION
                                    ? "mend the account as it says; nothing is lost meanwhile"
                                    : "mend the database; nothing is lost meanwhile"));
        }
        if (passwords.schemes().isEmpty()) {
            findings.add(
                    Finding.error(
                            subject,
                            "no digest scheme can be checked, so every sign-in is refused",
                            "start the bundle io.passbridge.hash"));
        }
        return findings;
    }

    private static String count(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT COUNT(*), COUNT(digest) FROM directory_user")) {
            row.next();
            return Finding.count(row.getLong(1), "user", "users")
                    + ", "
                    + Finding.count(
                            row.getLong(2), "of them with a password", "of them with a password");
        }
    }

    @Override
    public void close() {
        server.close();
        database.close();
        try {
            Files.deleteIfExists(context.dataFolder().resolve(URL_FILE));
        } catch (IOException e) {
            // the next start writes it anew
        }
    }
}
