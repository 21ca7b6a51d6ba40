/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.jdbc;

import com.zaxxer.hikari.HikariConfig;
import io.passbridge.health.Finding;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A schema in a PostgreSQL database.
 *
 * @param url without user and password, see {@link #isPlain} and {@link #holdsSecret}
 * @param schema where the tables are
 * @param role who signs in
 * @param socket the path of the server's Unix-domain socket, or empty for TCP
 * @param application the name that the server shows for the connections
 * @param fips asked with each connection whether FIPS is enforced
 */
public record PostgresLocation(
        String url,
        String schema,
        Role role,
        String socket,
        String application,
        BooleanSupplier fips)
        implements Location {
    private static final Pattern SECRET =
            Pattern.compile("[?&](password|sslpassword)=|//[^/?]*@", Pattern.CASE_INSENSITIVE);
    private static final Pattern SEALED =
            Pattern.compile("[?&]sslmode=(disable|require|verify-)", Pattern.CASE_INSENSITIVE);
    private static final Pattern HOSTS = Pattern.compile("jdbc:postgresql://([^/?]*).*");
    private static final Pattern LOCAL =
            Pattern.compile("(localhost|127\\.[0-9.]+|\\[::1\\])?(:[0-9]+)?");

    /** Within which a connection is there or not, in seconds; shared by the hosts of the url. */
    private static final int SIGN_IN = 5;

    /** The server itself ends a statement after a minute. */
    private static final int ANSWER_MILLIS = 70_000;

    /** Whether a url is one of this kind of database. */
    public static boolean isPlain(String url) {
        return url.startsWith("jdbc:postgresql:");
    }

    /** Whether a url holds a password, or a role before its host; both have their own place. */
    public static boolean holdsSecret(String url) {
        return SECRET.matcher(url).find();
    }

    /** The database in words, without what may follow its name. */
    public static String name(String url) {
        return "the database " + url.replaceAll("\\?.*", "");
    }

    @Override
    public String name() {
        return name(url);
    }

    @Override
    public String remedy() {
        return "Check that PostgreSQL runs there, that the role may sign in and create the schema '"
                + schema
                + "', and "
                + role.remedy();
    }

    @Override
    public Engine engine() {
        return Engine.POSTGRESQL;
    }

    @Override
    public HikariConfig connections() {
        HikariConfig config = new HikariConfig();
        config.setDataSource(source());
        // a server that was cut off or suspended must not hold a lock for longer than the others
        // wait for it
        config.setConnectionInitSql(
                "SET lock_timeout = '10s'; SET statement_timeout = '60s';"
                        + " SET idle_in_transaction_session_timeout = '6s'");
        config.setMinimumIdle(1);
        return config;
    }

    /** Where connections come from that are signed in as the role. */
    private DataSource source() {
        return new RoleDataSource(driver(), approved(), role, fips, ANSWER_MILLIS);
    }

    /**
     * A connection outside of a pool; the caller's to close.
     *
     * @throws SQLException if there is none, with the reason
     */
    public Connection connect() throws SQLException {
        return source().getConnection();
    }

    /** What the driver connects by while FIPS is enforced: never in the clear by itself. */
    PGSimpleDataSource approved() {
        PGSimpleDataSource source = driver();
        source.setSslfactory(ApprovedPostgresSockets.class.getName());
        if (!isLocal() && !SEALED.matcher(url).find()) {
            source.setSslMode("require");
        }
        return source;
    }

    private PGSimpleDataSource driver() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(url);
        source.setCurrentSchema(schema);
        source.setApplicationName(application);
        source.setReWriteBatchedInserts(true);
        source.setTcpKeepAlive(true);
        // a host that is switched off, or hangs, leaves time for the next one
        int each = (SIGN_IN + hosts().size() - 1) / hosts().size();
        source.setLoginTimeout(SIGN_IN);
        source.setConnectTimeout(each);
        source.setSocketTimeout(each);
        if (!socket.isEmpty()) {
            source.setSocketFactory(LocalSocketFactory.class.getName());
            source.setSocketFactoryArg(socket);
        }
        return source;
    }

    private boolean isLocal() {
        return !socket.isEmpty()
                || hosts().stream().allMatch(host -> LOCAL.matcher(host).matches());
    }

    /** With their ports; one that is empty if the url names none, which is this machine. */
    private List<String> hosts() {
        Matcher hosts = HOSTS.matcher(url);
        return List.of((hosts.matches() ? hosts.group(1) : "").split(",", -1));
    }

    @Override
    public List<Finding> inspect(String subject) {
        boolean encrypted = url.toLowerCase(Locale.ROOT).contains("sslmode=verify-full");
        if (encrypted || isLocal()) {
            return List.of();
        }
        return List.of(
                Finding.warning(
                        subject,
                        "the connection to " + name() + " does not insist on a checked certificate",
                        "Add sslmode=verify-full to its url"));
    }
}
