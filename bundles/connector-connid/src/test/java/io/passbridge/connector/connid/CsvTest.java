/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.connid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.connector.AccountTarget;
import io.passbridge.connector.ChangePage;
import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ItemOutcome;
import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.PasswordSource;
import io.passbridge.connector.UnusableItem;
import io.passbridge.connector.Watermark;
import io.passbridge.connector.tck.TestConfiguration;
import io.passbridge.connector.tck.TestContext;
import io.passbridge.credential.Account;
import io.passbridge.credential.CredentialChange;
import io.passbridge.credential.SourceAnchor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ConnId's directory of CSV files, as a source and as a target of accounts. */
class CsvTest {
    private static final SourceAnchor ANNA = new SourceAnchor("A1");

    @TempDir private Path folder;
    private Path file;
    private ConnectorJar jar;
    private ConnIdFactory factory;

    @BeforeEach
    void load() throws IOException {
        file = folder.resolve("people.csv");
        Files.writeString(file, "login,number,name,hash\n");
        jar = Dropped.open("csvdir", folder);
        factory = new ConnIdFactory(jar.connectors().get(0));
    }

    @AfterEach
    void unload() throws IOException {
        jar.close();
        assertThat(DriverManager.drivers())
                .as("drivers of a bundle that is gone")
                .noneMatch(driver -> driver.getClass().getName().startsWith("org.hsqldb"));
    }

    private TestContext context(String... more) {
        Map<String, String> parameters =
                new HashMap<>(
                        Map.of(
                                "sourcePath", folder.toString(),
                                "fileMask", "people\\.csv",
                                "encoding", "UTF-8",
                                "fields", "login;number;name;hash",
                                "keyColumnNames", "login"));
        for (int i = 0; i < more.length; i += 2) {
            parameters.put(more[i], more[i + 1]);
        }
        return new TestContext(
                new TestConfiguration("csv", factory.descriptor(), folder, parameters),
                folder.resolve("data"));
    }

    private TestContext source() {
        return context(
                "anchorFrom", "number", "hashFrom", "hash", "attributes", "displayName=name");
    }

    @Test
    void accounts_areCreated_andAnImpossibleRenameIsSaid() throws Exception {
        try (TestContext context = context("anchorIn", "number", "fieldsIn", "name=displayName");
                Connector connector = factory.open(context)) {
            AccountTarget target = connector.capability(AccountTarget.class).orElseThrow();
            assertThat(outcome(target, "anna", "Anna")).isEqualTo(Outcome.APPLIED);
            assertThat(outcome(target, "anna", "Anna")).isEqualTo(Outcome.ALREADY);
            assertThat(outcome(target, "anna", "Anna Lee")).isEqualTo(Outcome.APPLIED);
            assertThat(Files.readString(file)).contains("Anna Lee");
            assertThat(outcome(target, "anna.lee", "Anna Lee"))
                    .as("the key of a line cannot be changed by this connector")
                    .isEqualTo(Outcome.REJECTED);
            assertThat(connector.test())
                    .allMatch(f -> f.severity() == io.passbridge.health.Finding.Severity.OK);
        }
    }

    private static Outcome outcome(AccountTarget target, String login, String name)
            throws ConnectorException {
        List<ItemOutcome> outcomes =
                target.provision(List.of(new Account(ANNA, login, List.of(), name, "", "", "")));
        return outcomes.get(0).outcome();
    }

    @Test
    void people_comeWithHashAndName_andWhoeverCannotIsCounted() throws Exception {
        Files.writeString(
                file,
                """
                login,number,name,hash
                "anna","A1","Anna","{SSHA512}AAAA"
                "bert","","Bert","{SSHA512}BBBB"
                "carl","C3","Carl",""
                """);
        try (TestContext context = source();
                Connector connector = factory.open(context);
                ChangePage page =
                        connector
                                .capability(PasswordSource.class)
                                .orElseThrow()
                                .changes(Watermark.BEGINNING, 10)) {
            assertThat(page.changes())
                    .extracting(CredentialChange::anchor)
                    .containsExactlyInAnyOrder(ANNA, new SourceAnchor("C3"));
            CredentialChange anna =
                    page.changes().stream().filter(c -> c.anchor().equals(ANNA)).findFirst().get();
            assertThat(anna.credential().orElseThrow().kind()).isEqualTo("SSHA512");
            assertThat(anna.account().orElseThrow().displayName()).isEqualTo("Anna");
            assertThat(page.unusable().items())
                    .extracting(UnusableItem::name)
                    .containsExactly("bert");
        }
    }

    @Test
    void someoneDeletedWhileThePlatformWasDown_isMissed() throws Exception {
        String others = "login,number,name,hash\n\"bert\",\"B2\",\"Bert\",\"\"\n";
        Files.writeString(file, others + "\"anna\",\"A1\",\"Anna\",\"{SSHA512}AAAA\"\n");
        try (TestContext context = source()) {
            Watermark end;
            try (Connector connector = factory.open(context);
                    ChangePage page =
                            connector
                                    .capability(PasswordSource.class)
                                    .orElseThrow()
                                    .changes(Watermark.BEGINNING, 10)) {
                end = page.next();
            }
            Files.writeString(file, others);
            for (int i = 0; i < 2; i++) {
                // the second time as after a crash before the first answer was stored
                try (Connector connector = factory.open(context);
                        ChangePage page =
                                connector
                                        .capability(PasswordSource.class)
                                        .orElseThrow()
                                        .changes(end, 10)) {
                    assertThat(page.changes())
                            .filteredOn(change -> change.anchor().equals(ANNA))
                            .extracting(change -> change.state().mayStillSignIn())
                            .containsExactly(false);
                }
            }
        }
    }

    @Test
    void twoRoutes_areToldEachAtItsOwnPace() throws Exception {
        String others = "login,number,name,hash\n\"bert\",\"B2\",\"Bert\",\"\"\n";
        Files.writeString(file, others + "\"anna\",\"A1\",\"Anna\",\"{SSHA512}AAAA\"\n");
        try (TestContext context = source();
                Connector connector = factory.open(context)) {
            PasswordSource source = connector.capability(PasswordSource.class).orElseThrow();
            Watermark slow = anchors(source, Watermark.BEGINNING, "A1", "B2");
            Watermark quick = anchors(source, slow);
            Watermark half;
            try (ChangePage page = source.changes(Watermark.BEGINNING, 1)) {
                assertThat(page.more()).isTrue();
                half = page.next();
            }
            Files.writeString(file, others);
            quick = anchors(source, quick, "A1");
            quick = anchors(source, quick);
            anchors(source, quick);
            anchors(source, slow, "A1");
            assertThat(anchors(source, half, "B2").isBeginning())
                    .as("whose pages were cut off by another's begins again")
                    .isFalse();
        }
    }

    private static Watermark anchors(PasswordSource source, Watermark after, String... expected)
            throws ConnectorException {
        try (ChangePage page = source.changes(after, 10)) {
            assertThat(page.changes())
                    .extracting(change -> change.anchor().value())
                    .containsExactlyInAnyOrder(expected);
            return page.next();
        }
    }

    @Test
    void aFolderThatIsGone_isNoEmptyOne() throws Exception {
        try (TestContext context = context("anchorFrom", "number", "sourcePath", folder + "/gone");
                Connector connector = factory.open(context)) {
            PasswordSource source = connector.capability(PasswordSource.class).orElseThrow();
            assertThatThrownBy(() -> source.changes(Watermark.BEGINNING, 10))
                    .isInstanceOf(ConnectorException.class);
        }
    }
}
