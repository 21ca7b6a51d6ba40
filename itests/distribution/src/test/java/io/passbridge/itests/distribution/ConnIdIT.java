/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.passbridge.itests.lab.OpenLdapLab;
import io.passbridge.itests.lab.PostgresLab;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * ConnId's connectors as they are on Maven Central, dropped into {@code deploy/}: people of CSV
 * files with their passwords go into a table of a database, and sign in.
 */
@Tag("once")
@TestMethodOrder(OrderAnnotation.class)
class ConnIdIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String OWNERS_PASSWORD = "of the table";
    private static final String TABLE =
            "CREATE TABLE people (login VARCHAR(100) PRIMARY KEY, number VARCHAR(255),"
                    + " name VARCHAR(100), digest VARCHAR(500), version VARCHAR(64),"
                    + " active VARCHAR(10))";

    @TempDir private static Path folder;

    private static Installation installation;
    private static Server server;
    private static String url;
    private static Connection database;

    @BeforeAll
    static void start() throws Exception {
        server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
        url = "jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/mem:hr;DB_CLOSE_DELAY=-1";
        database = DriverManager.getConnection(url, "owner", OWNERS_PASSWORD);
        database.createStatement().execute(TABLE);
        people("anna:First-of-anna", "bert:First-of-bert");
        installation = Installation.fresh("connid");
        installation.start();
    }

    @AfterAll
    static void stop() throws Exception {
        installation.close();
        database.close();
        server.stop();
    }

    /** Writes the file of people, in one step, with salted hashes of their passwords. */
    private static void people(String... all) throws IOException, GeneralSecurityException {
        StringBuilder text = new StringBuilder("login,number,name,hash\n");
        for (String person : all) {
            String[] parts = person.split(":");
            text.append(
                    "\"%s\",\"N-%s\",\"%s of Staff\",\"%s\"%n"
                            .formatted(parts[0], parts[0], parts[0], hash(parts[1])));
        }
        Path csv = Files.createDirectories(folder.resolve("csv"));
        Files.move(
                Files.writeString(folder.resolve("new"), text),
                csv.resolve("staff.csv"),
                StandardCopyOption.ATOMIC_MOVE);
    }

    private static String hash(String password) throws GeneralSecurityException {
        byte[] salt = Arrays.copyOf(password.getBytes(StandardCharsets.UTF_8), 8);
        MessageDigest digest = MessageDigest.getInstance("SHA-512");
        digest.update(password.getBytes(StandardCharsets.UTF_8));
        byte[] value = Arrays.copyOf(digest.digest(salt), 72);
        System.arraycopy(salt, 0, value, 64, 8);
        return "{SSHA512}" + Base64.getEncoder().encodeToString(value);
    }

    private static void drop(String name) throws IOException {
        try (Stream<Path> jars = Files.list(Path.of(System.getProperty("connid")))) {
            Path jar =
                    jars.filter(file -> file.getFileName().toString().contains(name))
                            .findFirst()
                            .orElseThrow();
            Path aside = Files.copy(jar, folder.resolve(jar.getFileName()));
            Files.move(aside, installation.home().resolve("deploy").resolve(name + ".jar"));
        }
    }

    private static void awaitOutput(String command, String... words) {
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(installation.exec(command).text()).contains(words));
    }

    private static void setAccount(String connector, String name, String secret) throws Exception {
        Path file = installation.secretFile("secret", secret);
        installation.done("account:set %s%s --secret-file %s".formatted(connector, name, file));
        Files.delete(file);
    }

    private static String row(Connection database, String login) throws SQLException {
        try (ResultSet row =
                database.createStatement()
                        .executeQuery(
                                "SELECT name, digest, active FROM people WHERE login = '"
                                        + login
                                        + "'")) {
            return row.next()
                    ? row.getString(1) + " | " + row.getString(2) + " | " + row.getString(3)
                    : "";
        }
    }

    private static String row(String login) throws SQLException {
        return row(database, login);
    }

    private static void awaitRow(String login, String name, String digest, boolean active) {
        awaitRow(database, login, name, digest, active);
    }

    private static void awaitRow(
            Connection database, String login, String name, String digest, boolean active) {
        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(row(database, login))
                                        .isEqualTo(name + " | " + digest + " | " + active));
    }

    @Test
    @Order(1)
    void droppedBundles_areConnectorTypes_withTheirPropertiesAndTheirAccounts() throws Exception {
        installation
                .etc(
                        "io.passbridge.connector.connidcsvdir-staff.cfg",
                        "sourcePath = " + folder.resolve("csv"),
                        "fileMask = staff.*\\\\.csv",
                        "encoding = UTF-8",
                        "fields = login;number;name;hash",
                        "keyColumnNames = login",
                        "anchorFrom = number",
                        "hashFrom = hash",
                        "attributes = displayName=name")
                .etc(
                        "io.passbridge.connector.conniddatabasetable-hr.cfg",
                        "jdbcDriver = org.h2.Driver",
                        "jdbcUrlTemplate = " + url,
                        "user = owner",
                        "table = PEOPLE",
                        "keyColumn = LOGIN",
                        "statusColumn = ACTIVE",
                        "anchorIn = NUMBER",
                        "versionIn = VERSION",
                        "digestIn = DIGEST",
                        "digests = SSHA512",
                        "fieldsIn = NAME=displayName")
                .etc("io.passbridge.connector.directory-cloud.cfg", "signInPort = 0");
        drop("csvdir");
        drop("db.table");
        drop("ldap");
        awaitOutput("connector:list --types", "connidcsvdir", "conniddatabasetable", "connidldap");
        awaitOutput(
                "connector:list --jars", "net.tirasa.connid.bundles.ldap 1.5.9", "csvdir 0.8.10");
        assertThat(installation.done("connector:list --types --wide"))
                .contains("ConnId: Database Table Connector");

        awaitOutput("connector:show hr", "ready", "net.tirasa.connid.bundles.db.table 2.2.10");
        Path wrong = installation.secretFile("secret", "a wrong one");
        assertThat(installation.exec("account:set hr --secret-file " + wrong).status())
                .as("tried before it is taken")
                .isEqualTo(2);
        setAccount("hr", "", OWNERS_PASSWORD);
        assertThat(installation.done("connector:test hr")).contains("can be read");
        assertThat(installation.done("connector:test staff")).contains("can be read");
        assertThat(installation.done("account:list")).contains("hr").doesNotContain("staff");
    }

    @Test
    @Order(2)
    void peopleOfTheFiles_goIntoTheTable_andSignIn() throws Exception {
        for (String target : new String[] {"hr", "cloud"}) {
            installation.etc(
                    "io.passbridge.route-staff_" + target + ".cfg",
                    "source = staff",
                    "target = " + target,
                    "accounts = create",
                    "passThrough = *",
                    "cycleSeconds = 2");
        }
        awaitRow("anna", "anna of Staff", hash("First-of-anna"), true);
        awaitRow("bert", "bert of Staff", hash("First-of-bert"), true);
        SignIn page = new SignIn(installation, "cloud");
        await().atMost(SOON)
                .ignoreExceptions()
                .until(() -> page.attempt("anna", "First-of-anna") == 200);

        people("anna:Second-of-anna", "bert:First-of-bert", "carl:First-of-carl");
        awaitRow("anna", "anna of Staff", hash("Second-of-anna"), true);
        awaitRow("carl", "carl of Staff", hash("First-of-carl"), true);
        await().atMost(SOON).until(() -> page.attempt("anna", "Second-of-anna") == 200);
        assertThat(page.attempt("anna", "First-of-anna")).isEqualTo(401);
        awaitOutput("sync:status --json", "\"in-step\":3");
    }

    @Test
    @Order(3)
    void bundleThatGoes_isMissed_andNobodyIsLostWhenItComesBack() throws Exception {
        Path jar = installation.home().resolve("deploy/db.table.jar");
        Path aside = folder.resolve("aside.jar");
        Files.move(jar, aside);
        awaitOutput("connector:show hr", "no bundle");
        people("anna:Third-of-anna", "bert:First-of-bert", "carl:First-of-carl");
        SignIn page = new SignIn(installation, "cloud");
        await().atMost(SOON).until(() -> page.attempt("anna", "Third-of-anna") == 200);
        assertThat(row("anna")).contains(hash("Second-of-anna"));

        Files.move(aside, jar);
        awaitRow("anna", "anna of Staff", hash("Third-of-anna"), true);

        // the file without a person, and without anybody
        people("anna:Third-of-anna", "carl:First-of-carl");
        awaitRow("bert", "bert of Staff", hash("First-of-bert"), false);
        Files.move(folder.resolve("csv/staff.csv"), folder.resolve("csv/elsewhere"));
        awaitOutput("connector:show staff", "found nobody");
        assertThat(row("anna")).endsWith("true");
        people("anna:Third-of-anna", "carl:First-of-carl");
        assertThat(installation.log()).doesNotContain("{SSHA512}");
    }

    @Test
    @Order(4)
    @Tag("live")
    void peopleOfTheFiles_bindAtOpenLdap() throws Exception {
        assumeTrue(OpenLdapLab.possible(), "NOT TESTED: no OpenLDAP");
        try (OpenLdapLab lab = OpenLdapLab.start()) {
            installation.etc(
                    "io.passbridge.connector.connidldap-tree.cfg",
                    "host = 127.0.0.1",
                    "port = " + lab.port(),
                    "principal = " + OpenLdapLab.WRITER,
                    "baseContexts = " + OpenLdapLab.PEOPLE,
                    "accountObjectClasses = top;person;organizationalPerson;inetOrgPerson",
                    "accountUserNameAttributes = uid",
                    "passwordAttribute = userPassword",
                    "nameForm = uid={loginName}," + OpenLdapLab.PEOPLE,
                    "anchorIn = employeeNumber",
                    "versionIn = carLicense",
                    "digestIn = userPassword",
                    "stateIn = employeeType",
                    "digests = SSHA512",
                    "fieldsIn = cn=displayName, sn=displayName");
            installation.etc(
                    "io.passbridge.route-staff_tree.cfg",
                    "source = staff",
                    "target = tree",
                    "accounts = create",
                    "passThrough = *",
                    "cycleSeconds = 2");
            // ready, or offline already because the route has found that the secret is missing
            awaitOutput("connector:show tree", "connidldap");
            setAccount("tree", " --name " + OpenLdapLab.WRITER, OpenLdapLab.WRITER_PASSWORD);
            assertThat(installation.exec("connector:test tree").text()).contains("can be read");
            await().atMost(SOON).until(() -> lab.signsIn("carl", "First-of-carl"));
            people("anna:Third-of-anna", "carl:Second-of-carl");
            await().atMost(SOON).until(() -> lab.signsIn("carl", "Second-of-carl"));
            assertThat(lab.signsIn("carl", "First-of-carl")).isFalse();
        }
    }

    /** As the page on ConnId says it, with the driver that the platform has. */
    @Test
    @Order(5)
    @Tag("live")
    void peopleOfTheFiles_goIntoATableOfPostgresql_andComeFromIt() throws Exception {
        assumeTrue(PostgresLab.possible(), "NOT TESTED: no PostgreSQL");
        people("anna:Fourth-of-anna", "carl:Second-of-carl", "dora:First-of-dora");
        try (PostgresLab lab = PostgresLab.up();
                Connection table =
                        DriverManager.getConnection(
                                lab.url(), PostgresLab.ROLE, PostgresLab.PASSWORD)) {
            table.createStatement().execute(TABLE);
            String[] asTarget = {
                "jdbcDriver = org.postgresql.Driver",
                "jdbcUrlTemplate = " + lab.url(),
                "user = " + PostgresLab.ROLE,
                "table = people",
                "keyColumn = login",
                "statusColumn = active"
            };
            installation
                    .etc(
                            "io.passbridge.connector.conniddatabasetable-pg.cfg",
                            with(
                                    asTarget,
                                    "anchorIn = number",
                                    "fieldsIn = name=displayName",
                                    "versionIn = version",
                                    "digestIn = digest",
                                    "digests = SSHA512"))
                    .etc(
                            "io.passbridge.connector.conniddatabasetable-pgsource.cfg",
                            with(asTarget, "anchorFrom = number", "hashFrom = digest"))
                    .etc("io.passbridge.connector.directory-second.cfg", "signInPort = 0");
            awaitOutput("connector:list", "pgsource", "second");
            setAccount("pg", "", PostgresLab.PASSWORD);
            setAccount("pgsource", "", PostgresLab.PASSWORD);
            assertThat(installation.done("connector:test pg")).contains("can be read");
            for (String route : new String[] {"staff pg", "pgsource second"}) {
                String[] ends = route.split(" ");
                installation.etc(
                        "io.passbridge.route-" + ends[0] + "_" + ends[1] + ".cfg",
                        "source = " + ends[0],
                        "target = " + ends[1],
                        "accounts = create",
                        "passThrough = *",
                        "cycleSeconds = 2");
            }
            awaitRow(table, "anna", "anna of Staff", hash("Fourth-of-anna"), true);
            SignIn page = new SignIn(installation, "second");
            await().atMost(SOON)
                    .ignoreExceptions()
                    .until(() -> page.attempt("carl", "Second-of-carl") == 200);

            people("anna:Fifth-of-anna", "dora:First-of-dora");
            awaitRow(table, "anna", "anna of Staff", hash("Fifth-of-anna"), true);
            awaitRow(table, "carl", "carl of Staff", hash("Second-of-carl"), false);
            await().atMost(SOON).until(() -> page.attempt("anna", "Fifth-of-anna") == 200);
            await().atMost(SOON).until(() -> page.attempt("carl", "Second-of-carl") == 401);
            assertThat(installation.log()).doesNotContain("{SSHA512}");
        }
    }

    private static String[] with(String[] lines, String... more) {
        return Stream.concat(Arrays.stream(lines), Arrays.stream(more)).toArray(String[]::new);
    }
}
