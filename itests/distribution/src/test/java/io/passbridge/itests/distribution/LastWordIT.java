/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What the file says last counts, whatever its times say, and what a gate has stopped comes when
 * the gate opens: a file goes in, a sign-in comes out.
 */
class LastWordIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ROUTE = "people_cloud";

    private final List<String> people = new ArrayList<>();

    private void person(String uid, String... lines) {
        people.removeIf(text -> text.contains("\nuid: " + uid + "\n"));
        people.add(
                "dn: uid=%s,ou=people,dc=example,dc=org\nobjectClass: inetOrgPerson\nuid: %s\nentryUUID: id-%s\n%s\n\n"
                        .formatted(uid, uid, uid, String.join("\n", lines)));
    }

    private static String nt(String password) {
        return "sambaNTPassword: " + People.ntHash(password);
    }

    private static String modification(String uid, String password) {
        return "dn: uid=%s,ou=people,dc=example,dc=org\nchangetype: modify\nreplace: sambaNTPassword\n%s\n-\n\n"
                .formatted(uid, nt(password));
    }

    private static String salted(String password) throws Exception {
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        byte[] salt = "pepper-8".getBytes(StandardCharsets.UTF_8);
        sha.update(password.getBytes(StandardCharsets.UTF_8));
        sha.update(salt);
        byte[] value = new byte[40];
        System.arraycopy(sha.digest(), 0, value, 0, 32);
        System.arraycopy(salt, 0, value, 32, 8);
        return "userPassword: {ssha256}" + Base64.getEncoder().encodeToString(value);
    }

    /** As a known administration tool writes it: base64 in the braces, and a line end. */
    private static String encodedTwice() {
        String crypt =
                "$6$fFmNnZoOyszWLDLg$ICW8vbGR.po.ZERGhLt7Olk24vFgojoC0YlHhiMaVJfDmG7s2srkAmrLVEptTcJNqGyy8BwzMLvYXmq3SxY4t/";
        String value = "{crypt}" + base64(crypt) + "\n";
        return "userPassword:: " + base64(value);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private void dump(Path file) throws Exception {
        Path aside = file.resolveSibling("people.new");
        Files.writeString(aside, String.join("", people));
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** In the end; tries that come too early must not add up to too many. */
    private static void signsIn(SignIn cloud, String uid, String password) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(cloud.attempt(uid, password)).isNotIn(401, 429));
    }

    /** How many writes all runs have made. */
    private static long written(Installation installation) throws Exception {
        return Pattern.compile("\"applied\": ?(\\d+)")
                .matcher(installation.done("sync:history --json"))
                .results()
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .sum();
    }

    private static long reviews(Installation installation) throws Exception {
        return Pattern.compile("\"event\": ?9055\\b")
                .matcher(installation.done("events:list --json"))
                .results()
                .count();
    }

    @Test
    void whatTheFileSaysLast_andWhatTheGatesPermitNow_isWhatPeopleSignInWith() throws Exception {
        try (Installation installation = Installation.fresh("last-word")) {
            Path file = installation.home().resolve("people.ldif");
            person("anna", nt("Anna-1"), "pwdLastSet: 0");
            person("bert", nt("Bert-1"), "modifyTimestamp: 20290101000000Z");
            person("carl", nt("Carl-1"), "pwdLastSet: 0");
            person("dora", salted("Dora-1"));
            person("eva", encodedTwice());
            person("ivan", "userPassword: {SSHA}AAAA");
            for (int i = 0; i < 20; i++) {
                person("other" + i, nt("Other-" + i));
            }
            dump(file);
            installation.peopleToCloud(file, "mustChange = skip", "cycleSeconds = 3600");
            installation.start();
            SignIn cloud = new SignIn(installation, "cloud");
            Ran first = installation.exec("sync:run " + ROUTE);
            assertThat(first.status()).as("five are left out: " + first.text()).isEqualTo(3);
            assertThat(cloud.attempt("anna", "Anna-1")).isEqualTo(401);
            assertThat(cloud.attempt("bert", "Bert-1")).isEqualTo(200);
            assertThat(written(installation)).isEqualTo(21);

            // a time that is older than the file, and a clock that was wrong and is corrected
            person("anna", nt("Anna-1"), "pwdLastSet: 133500000000000000");
            person("bert", nt("Bert-2"), "modifyTimestamp: 20260101000000Z");
            dump(file);
            signsIn(cloud, "anna", "Anna-1");
            signsIn(cloud, "bert", "Bert-2");
            assertThat(cloud.attempt("bert", "Bert-1")).isEqualTo(401);
            assertThat(written(installation)).as("nobody but those two").isEqualTo(21 + 2);

            // the gates open
            assertThat(
                            installation.done(
                                    "sync:preview " + ROUTE + " --with mustChange=send --json"))
                    .containsPattern("\"passwords\": ?1\\b");
            installation.peopleToCloud(
                    file,
                    "mustChange = send",
                    "passThrough = *",
                    "cycleSeconds = 3600",
                    "objectiveSeconds = 1");
            signsIn(cloud, "carl", "Carl-1");
            signsIn(cloud, "dora", "Dora-1");
            signsIn(cloud, "eva", "Pa$$w0rd");
            assertThat(reviews(installation)).isEqualTo(1);
            assertThat(written(installation)).as("nobody who was in step").isEqualTo(23 + 3);
            assertThat(installation.exec("sync:people " + ROUTE + " --refused").out())
                    .as("what can never be verified is no password")
                    .contains("id-ivan", "SSHA is malformed")
                    .doesNotContain("id-eva");

            assertThat(installation.done("sync:status --json"))
                    .as("nothing yet was told of that was changed while the route ran")
                    .containsPattern("\"promptness\": ?\\{\"changes\": ?0,");
            missTheObjective(installation, file);
            signsIn(cloud, "anna", "Anna-2");
            assertObjectiveMissed(installation);

            // bundles come one after the other; none of them is a change of the gates
            installation.stop();
            installation.start();
            installation.exec("sync:run " + ROUTE);
            assertThat(reviews(installation)).isEqualTo(1);
            assertThat(written(installation)).isEqualTo(23 + 3 + 1);
            assertObjectiveMissed(installation);

            // as a directory server's log goes on: nobody else is written
            for (String password : List.of("Bert-3", "Bert-4", "Bert-5")) {
                Files.writeString(file, modification("bert", password), StandardOpenOption.APPEND);
                signsIn(cloud, "bert", password);
            }
            assertThat(written(installation)).isEqualTo(23 + 3 + 1 + 3);
            exchangeNames(installation, cloud, file);
        }
    }

    /** Each becomes the other within one dump; nobody stays in conflict. */
    private void exchangeNames(Installation installation, SignIn cloud, Path file)
            throws Exception {
        people.removeIf(text -> text.contains("uid: other0\n") || text.contains("uid: other1\n"));
        for (int i = 0; i < 2; i++) {
            person("other" + i, nt("Other-" + (1 - i)));
            int last = people.size() - 1;
            people.set(
                    last,
                    people.get(last)
                            .replace("entryUUID: id-other" + i, "entryUUID: id-other" + (1 - i)));
        }
        dump(file);
        signsIn(cloud, "other0", "Other-1");
        signsIn(cloud, "other1", "Other-0");
        assertThat(cloud.attempt("other0", "Other-0")).isEqualTo(401);
        assertThat(installation.done("sync:people " + ROUTE + " --waiting --json"))
                .doesNotContain("id-other");
    }

    /** A change that has to wait for longer than the route's objective. */
    private void missTheObjective(Installation installation, Path file) throws Exception {
        installation.done("sync:pause " + ROUTE);
        person("anna", nt("Anna-2"));
        dump(file);
        Instant changed = Files.getLastModifiedTime(file).toInstant();
        await().atMost(PATIENCE).until(() -> Instant.now().isAfter(changed.plusSeconds(2)));
        installation.done("sync:resume " + ROUTE);
    }

    private static void assertObjectiveMissed(Installation installation) throws Exception {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () ->
                                assertThat(installation.done("sync:status --json"))
                                        .containsPattern("\"promptness\": ?\\{\"changes\": ?1,")
                                        .containsPattern("\"missed\": ?true"));
        assertThat(installation.done("sync:status --wide")).containsPattern("P99 +OBJECTIVE");
        assertThat(installation.exec("doctor").out())
                .contains("the objective is 1.0 s (1 change)", "'objectiveSeconds'");
    }
}
