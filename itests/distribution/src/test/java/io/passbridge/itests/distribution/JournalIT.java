/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The event journal as evidence: outside the platform, and against who can write to the store. */
class JournalIT {
    private static final Path PAGE = Path.of("../../docs/formats/journal.md");

    private static Installation installation;

    @TempDir private Path folder;

    @BeforeAll
    static void start() throws Exception {
        installation = Installation.fresh("journal");
        installation.etc("io.passbridge.retention.cfg", "journalDays = 30", "runDays = 3");
        installation.start();
    }

    @AfterAll
    static void stop() throws Exception {
        installation.close();
    }

    @Test
    void exportedJournal_isCheckedByThePagesScript() throws Exception {
        assumeThat(Path.of("/usr/bin/python3")).as("Debian's python3").exists();
        Path lines = folder.resolve("journal ü.jsonl");
        installation.done("keys:add");
        String said = installation.done("events:export '" + lines + "'");
        assertThat(said).contains("records, 1 to ", lines.toString());
        Ran intact = script(lines);
        assertThat(intact.out()).as(intact.text()).contains("the chain is intact");
        String journal = Files.readString(lines);
        assertThat(journal).contains("\"event\":9013");
        Files.writeString(lines, journal.replaceFirst("\"event\":9013", "\"event\":9014"));
        Ran broken = script(lines);
        assertThat(broken.status()).isEqualTo(1);
        assertThat(broken.err()).containsPattern("record \\d+ does not fit");
    }

    @Test
    void retention_isUnderstood_andWhatIsYoungStays() throws Exception {
        assertThat(installation.done("config:check")).doesNotContain("journalDays", "error");
        assertThat(installation.exec("doctor --all --json").out())
                .contains("\"journal's beginning\"", "it begins with its first record");
    }

    private Ran script(Path lines) throws Exception {
        Matcher code = Pattern.compile("(?s)```python\n(.*?)```").matcher(Files.readString(PAGE));
        assertThat(code.find()).isTrue();
        Path script = Files.writeString(folder.resolve("check.py"), code.group(1));
        return Installation.run(
                new ProcessBuilder("/usr/bin/python3", script.toString(), lines.toString()), "");
    }

    @Test
    void endThatWasCutOff_isTold_untilItIsAccepted() throws Exception {
        assertThat(installation.done("events:verify")).contains("the chain is intact");
        installation.stop();
        cutOff(3);
        installation.start();
        assertThat(installation.exec("doctor").out())
                .contains("which this server noted", "events:verify --accept");
        Ran refused = installation.exec("events:verify");
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err()).contains("which this server noted");
        assertThat(installation.done("events:list --event 9070")).contains("noted");

        assertThat(installation.exec("events:verify --accept").status())
                .as("nobody can be asked")
                .isEqualTo(2);
        installation.done("events:verify --accept --yes");
        installation.done("events:verify");
        assertThat(installation.done("events:list --event 9071")).contains("9071");
        assertThat(installation.exec("doctor").out()).doesNotContain("which this server noted");
    }

    /** Takes the last records away and makes the head fit what is left. */
    private static void cutOff(int records) throws Exception {
        Path database = installation.data().resolve("store/store").toAbsolutePath();
        try (Connection connection =
                        DriverManager.getConnection("jdbc:h2:" + database, "passbridge", "");
                Statement statement = connection.createStatement()) {
            for (String sql :
                    List.of(
                            "DELETE FROM journal WHERE seq > (SELECT latest FROM journal_head) - "
                                    + records,
                            "UPDATE journal_head SET (latest, hash) = (SELECT seq, hash FROM"
                                    + " journal ORDER BY seq DESC FETCH FIRST ROW ONLY)")) {
                statement.execute(sql);
            }
        }
    }
}
