/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.itests.lab.PostgresLab;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every runbook, followed word for word at a terminal: the lines are read from the page. One server
 * with two sealed secrets serves all of them, and works after each.
 */
@Tag("live")
@EnabledIf(
        value = "possible",
        disabledReason = "needs PostgreSQL (initdb) and a terminal (expect), and one is missing")
@Tag("once")
class RunbookIT {
    private static final int USERS = 5;
    private static final String EXPORT_PASSWORD = "of the export 1";
    private static final String FIRST_EXPORT = "/media/safe/passbridge-2026.pbks";

    @TempDir private static Path shared;
    private static PostgresLab postgres;
    private static People people;
    private static Servers servers;
    private static Installation server;
    private static int changes;

    @TempDir private Path safe;
    private final Typist typist = new Typist().confirming();

    static boolean possible() {
        return PostgresLab.possible() && Typist.possible();
    }

    @BeforeAll
    static void start() throws Exception {
        postgres = PostgresLab.up();
        people = new People(shared.resolve("people.ldif"), USERS);
        servers = new Servers(postgres, shared.resolve("people.ldif"));
        AccountResetIT.makeRole(postgres, "second", EXPORT_PASSWORD);
        server = servers.server("runbook", "runbook", "cloud", "second");
        server.start();
        Servers.setAccount(server, "cloud");
        Path secret = server.secretFile("secret", EXPORT_PASSWORD);
        server.done("account:set second --name second --secret-file " + secret);
        Files.delete(secret);
        Servers.awaitInStep(server, "cloud", USERS);
        Servers.awaitInStep(server, "second", USERS);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        postgres.close();
    }

    @BeforeEach
    void answers() {
        typist.answering("Password for the export: $", EXPORT_PASSWORD)
                .answering("Password of the export: $", EXPORT_PASSWORD)
                .answering("Account name of [a-z]+[^:]*: $", "")
                .answering("Secret of the account of [a-z]+: $", PostgresLab.PASSWORD);
    }

    @AfterEach
    void works() throws Exception {
        assertWorks(server);
    }

    private static void assertWorks(Installation any) throws Exception {
        assertThat(any.passbridge("status").out()).contains("unlocked");
        any.done("account:test cloud");
        any.done("account:test second");
        String user = "u%06d".formatted(changes++ % USERS);
        people.change(user);
        Servers.awaitSignIn(any, "cloud", user, people);
        Servers.awaitSignIn(any, "second", user, people);
    }

    private Runbook runbook(String page, String... more) throws Exception {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("/media/safe", safe.toString());
        for (int i = 0; i < more.length; i += 2) {
            words.put(more[i], more[i + 1]);
        }
        return Runbook.of(page, words);
    }

    /** The export that a runbook expects to be there. */
    private String export(Installation any) throws Exception {
        Path file = Path.of(FIRST_EXPORT.replace("/media/safe", safe.toString()));
        Path password = any.secretFile("export.password", EXPORT_PASSWORD);
        any.done("keys:export " + file + " --password-file " + password);
        return file.toString();
    }

    @Test
    void everyPage_isFollowedHere() throws Exception {
        assertThat(Runbook.pages())
                .containsExactly(
                        "README.md",
                        "back-up-the-keys.md",
                        "change-the-service-account-password.md",
                        "compromised-key.md",
                        "lost-key-set.md",
                        "lost-password.md",
                        "postgresql-fail-over.md", // by PostgresFailOverIT
                        "restore-on-a-new-server.md",
                        "rotate-yearly.md",
                        "upgrade-two-servers.md"); // by SharedRoutesIT
        runbook("README.md").end();
    }

    @Test
    void backUpTheKeys() throws Exception {
        Path password = server.secretFile("export.password", EXPORT_PASSWORD);
        Runbook page = runbook("back-up-the-keys.md", "/root/export.password", password.toString());
        Typist keeper = typist.answering("Again: $", EXPORT_PASSWORD);
        String exported = page.follow(server, keeper, "keys:export");
        String fingerprint = line(exported, "fingerprint");
        assertThat(page.follow(server, keeper, "keys:drill"))
                .contains("the canary opened, and 2 of 2 stored values");
        assertThat(line(page.follow(server, keeper, "keys:inspect"), "fingerprint"))
                .isEqualTo(fingerprint);

        assertThat(page.follow(server, keeper, "keys:export")).contains("share-5");
        page.follow(server, keeper, "keys:drill");

        assertThat(page.follow(server, keeper, "bin/passbridge keys export")).isBlank();
        String kmu = page.follow(server, keeper, "bin/miiskmu /e");
        assertThat(kmu).contains("Password for the export: ").doesNotContain("fingerprint");
        page.end();
        assertThat(server.done("keys:status --json")).contains("\"exportOutdated\":false");
        assertThat(server.exec("doctor").out()).doesNotContain("export", "drill");
    }

    @Test
    void rotateYearly() throws Exception {
        String old = Integer.toString(Servers.primaryKey(server));
        Runbook page = runbook("rotate-yearly.md", "OLD", old);
        page.follow(server, typist, "keys:add");
        page.follow(server, typist, "keys:rewrap --batch");
        assertThat(page.follow(server, typist, "keys:census"))
                .containsPattern(Servers.primaryKey(server) + "  primary +2")
                .doesNotContain("decrypt-only");
        page.follow(server, typist, "keys:verify");
        page.follow(server, typist, "keys:disable");
        assertThat(page.follow(server, typist, "keys:destroy")).contains("Nothing was changed");
        assertThat(page.follow(server, typist, "keys:destroy")).contains("is destroyed");
        page.end();
    }

    @Test
    void compromisedKey() throws Exception {
        int old = Servers.primaryKey(server);
        Runbook page =
                runbook(
                        "compromised-key.md",
                        "OLD",
                        Integer.toString(old),
                        "account:set NAME",
                        "account:set cloud",
                        "account:reset NAME",
                        "account:reset second");
        page.follow(server, typist, "keys:add");
        page.follow(server, typist, "keys:compromise");
        assertThat(server.exec("doctor").out()).contains("known to others");
        page.follow(server, typist, "keys:rewrap");
        assertThat(page.follow(server, typist, "keys:census")).doesNotContain("compromised");
        assertThat(page.follow(server, typist, "account:set"))
                .contains("works and is stored")
                .doesNotContain(PostgresLab.PASSWORD);
        assertThat(page.follow(server, typist, "account:reset")).contains("has a new secret");
        page.follow(server, typist, "keys:disable");
        page.follow(server, typist, "keys:destroy");
        page.end();
        assertThat(server.exec("doctor").out()).doesNotContain("known to others");
    }

    @Test
    void changeTheServiceAccountPassword() throws Exception {
        Runbook page = runbook("change-the-service-account-password.md");
        String changed = "changed by hand 1";
        Typist keeper =
                typist.answering("New service-account password: $", changed)
                        .answering("Again: $", changed);
        assertThat(page.follow(server, keeper, "keys:passwd"))
                .contains("etc/service-account.password")
                .doesNotContain(changed);
        server.stop();
        server.start();
        assertWorks(server);

        Path credentials = Files.createDirectory(safe.resolve("credentials"));
        Path credential = credentials.resolve("passbridge.service-account");
        Files.move(server.home().resolve("etc/service-account.password"), credential);
        server.stop();
        server.with("CREDENTIALS_DIRECTORY", credentials.toString());
        server.start();
        String again = "changed by systemd 2";
        Typist systemd =
                new Typist()
                        .answering("New service-account password: $", again)
                        .answering("Again: $", again);
        assertThat(page.follow(server, systemd, "keys:passwd")).contains("credential");
        assertThat(server.done("keys:status")).contains("is not in its place yet");
        server.stop();
        server.start();
        assertThat(server.passbridge("status").out())
                .as("the old password still unlocks")
                .contains("unlocked");
        server.stop();
        Files.writeString(credential, again + "\n");
        server.start();
        assertThat(page.follow(server, systemd, "keys:status"))
                .contains("unlocked")
                .doesNotContain("not in its place");
        page.end();

        server.stop();
        Files.move(credential, server.home().resolve("etc/service-account.password"));
        server.without("CREDENTIALS_DIRECTORY");
        server.start();
    }

    @Test
    void lostPassword() throws Exception {
        export(server);
        Path place = server.home().resolve("etc/service-account.password");
        String old = Files.readString(place).strip();
        server.stop();
        Files.writeString(place, "changed behind its back\n");
        server.start();
        String wanted = "wanted by the operator";
        Typist keeper =
                typist.answering("Service-account password: $", old)
                        .answering("New service-account password: $", wanted)
                        .answering("Again: $", wanted);
        Runbook page = runbook("lost-password.md");
        assertThat(page.follow(server, keeper, "bin/passbridge keys status")).contains("locked");
        assertThat(page.follow(server, keeper, "doctor", 2)).contains("keys:unlock");
        page.follow(server, keeper, "keys:unlock --store");
        page.follow(server, keeper, "keys:passwd");
        assertThat(Files.readString(place).strip()).isEqualTo(wanted);
        assertWorks(server);

        server.stop();
        Files.writeString(place, "changed behind its back again\n");
        page.follow(
                server,
                new Typist().answering("Service-account password: $", wanted),
                "bin/passbridge keys unlock");
        server.start();
        assertWorks(server);

        server.stop();
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rw-r--r--"));
        server.start();
        assertThat(server.passbridge("status").out()).contains("locked");
        assertThat(server.exec("doctor").out()).contains("0600");
        page.follow(server, keeper, "chmod 600");
        page.follow(server, keeper, "keys:unlock");
        assertWorks(server);

        server.stop();
        Servers.losePassword(server);
        server.start();
        assertThat(page.follow(server, keeper, "keys:activate")).contains("2 of 2 stored values");
        page.follow(server, keeper, "keys:verify");
        page.end();
        server.stop();
        server.start();
    }

    @Test
    void lostKeySet() throws Exception {
        long fullRuns = Servers.fullRuns(server);
        lose();
        Runbook first = runbook("lost-key-set.md", "NAME", "cloud");
        assertThat(first.follow(server, typist, "keys:abandon --dry-run"))
                .contains("2 are lost", "Nothing was changed");
        assertThat(first.follow(server, typist, "keys:abandon"))
                .contains("account:set cloud", "account:set second");
        first.follow(server, typist, "account:set cloud");
        resetSecond();
        assertThat(first.follow(server, typist, "account:list"))
                .doesNotContain("account:set", "lost");
        assertThat(first.follow(server, typist, "sync:status")).contains("people_cloud");
        assertThat(Servers.fullRuns(server)).as("from the old watermarks").isEqualTo(fullRuns);
        assertWorks(server);

        lose();
        assertThat(first.follow(server, typist, "bin/miiskmu /a")).contains("2 are lost");
        first.end();
        Servers.setAccount(server, "cloud");
        resetSecond();
    }

    private void lose() throws Exception {
        server.stop();
        Servers.losePassword(server);
        server.start();
    }

    /** The operator makes a new secret at the system and tells it. */
    private void resetSecond() throws Exception {
        AccountResetIT.setRole(postgres, "second", "another secret");
        Typist operator =
                new Typist()
                        .answering("Account name of [a-z]+[^:]*: $", "")
                        .answering("Secret of the account of [a-z]+: $", "another secret");
        Ran set = operator.run(server, "passbridge", "exec", "account:set second");
        assertThat(set.status()).as(set.text()).isZero();
    }

    @Test
    void restoreOnANewServer() throws Exception {
        String export = export(server);
        String keySet = Servers.keySet(server);
        Runbook page = runbook("restore-on-a-new-server.md");
        try (Installation fresh = servers.server("fresh", "runbook", "cloud", "second");
                Installation third = servers.server("third", "runbook", "cloud", "second")) {
            page.follow(server, typist, "bin/passbridge stop");
            page.follow(fresh, typist, "bin/passbridge start");
            assertThat(page.follow(fresh, typist, "doctor", 2))
                    .contains("belong to key set " + keySet);
            assertThat(page.follow(fresh, typist, "keys:inspect")).contains(keySet);
            assertThat(page.follow(fresh, typist, "keys:activate"))
                    .contains("2 of 2 open", "none active");
            assertThat(page.follow(fresh, typist, "keys:activate"))
                    .contains("is active on this server");
            page.follow(fresh, typist, "keys:verify");
            page.follow(fresh, typist, "sync:status");
            assertWorks(fresh);

            page.follow(third, typist, "bin/miisactivate " + export);
            page.end();
            third.start();
            assertWorks(third);
            assertThat(fresh.done("sync:status")).as("fenced out").contains("standby");
            third.stop();
            fresh.stop();
        }
        server.start();
    }

    private static String line(String screen, String name) {
        return screen.lines()
                .filter(text -> text.startsWith(name))
                .map(String::strip)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line " + name + " in " + screen));
    }
}
