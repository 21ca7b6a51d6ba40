/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The platform under an enforced FIPS policy: what computes, what is refused, and the change. */
class FipsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PEOPLE = 20;

    /** What the embedded directory needs besides: a password becomes an NT hash by MD4. */
    private static final String SIGN_IN = "exceptions = verify NT digest";

    private static Installation installation(Path[] people) throws Exception {
        Installation installation = Installation.fresh("fips");
        people[0] = installation.home().resolve("people.ldif");
        installation
                .etc("io.passbridge.hash.pph2.cfg", "iterations = 2000")
                .peopleToCloud(people[0]);
        route(installation, "pph2");
        return installation;
    }

    private static void route(Installation installation, String digest) throws IOException {
        installation.etc(
                "io.passbridge.route-people_cloud.cfg",
                "source = people",
                "target = cloud",
                "digest = " + digest,
                "accounts = create");
    }

    private static void enforce(Installation installation, String... lines) throws IOException {
        installation.etc("io.passbridge.fips.cfg", lines);
    }

    private static void awaitStatus(Installation installation, String text) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(installation.done("fips:status")).contains(text));
    }

    private static void awaitSignIn(SignIn signIn, String login, String password) {
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(() -> assertThat(signIn.attempt(login, password)).isEqualTo(200));
    }

    @Test
    void enforced_keysRouteAndSignInWork_andTheSwapLosesNothing() throws Exception {
        Path[] file = new Path[1];
        try (Installation installation = installation(file)) {
            People people = new People(file[0], PEOPLE);
            enforce(installation, "enforce = on", SIGN_IN);
            installation.start();
            SignIn signIn = new SignIn(installation, "cloud");
            awaitSignIn(signIn, "u000003", "First-of-u000003");
            assertThat(signIn.attempt("u000003", "first-of-u000003")).isEqualTo(401);
            assertThat(installation.done("fips:status"))
                    .containsPattern("policy +enforced")
                    .contains("Bouncy Castle FIPS 2.1.2: in use, self-tests passed, approved-only")
                    .containsPattern("MD4 to verify NT digest: permitted [1-9]")
                    .doesNotContain("SHORT_SALT");
            keys(installation);
            for (int round = 0; round < 3; round++) {
                enforce(installation, "enforce = off");
                people.change("u000001");
                awaitStatus(installation, "Java platform");
                enforce(installation, "enforce = on", SIGN_IN);
                people.change("u000002");
                awaitSignIn(signIn, "u000001", people.passwords().get("u000001"));
                awaitSignIn(signIn, "u000002", people.passwords().get("u000002"));
            }
            routeWithPph1(installation);
            assertThat(installation.done("events:list --limit 200 --json"))
                    .contains("\"event\":9080")
                    .doesNotContain("\"event\":9082")
                    .doesNotContain("\"event\":652");
            digestsThatNoLongerOpen(installation, signIn);
            assertThat(installation.done("events:verify")).contains("intact");
        }
    }

    /** Nobody stays in step with a digest that the policy does not let the target verify. */
    private static void digestsThatNoLongerOpen(Installation installation, SignIn signIn)
            throws Exception {
        enforce(installation, "enforce = off");
        awaitStatus(installation, "Java platform");
        // the route still digests with pph1, which the target may take a moment to list again
        awaitRun(installation, "sync:run people_cloud --full");
        assertThat(signIn.attempt("u000003", "First-of-u000003")).isEqualTo(200);
        enforce(installation, "enforce = on", SIGN_IN);
        // the policy is what wakes the route: nothing has changed at the source
        awaitRefusals(installation, 2);
        route(installation, "pph2");
        installation.done("config:wait");
        awaitRun(installation, "sync:run people_cloud");
        assertThat(installation.done("sync:status --json")).contains("\"in-step\":" + PEOPLE);
        awaitSignIn(signIn, "u000003", "First-of-u000003");
    }

    private static void awaitRun(Installation installation, String line) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> {
                            Ran ran = installation.exec(line);
                            assertThat(ran.status()).as(ran.text()).isZero();
                        });
    }

    /** The target does not list a scheme that it may not verify; that is the policy's doing. */
    private static void routeWithPph1(Installation installation) throws Exception {
        route(installation, "pph1");
        awaitRefusals(installation, 1);
    }

    private static void awaitRefusals(Installation installation, int count) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () ->
                                assertThat(installation.done("events:list --limit 500 --json"))
                                        .matches(
                                                text ->
                                                        Pattern.compile(
                                                                                "\"event\":667,.*people_cloud.*SHORT_SALT"
                                                                                    + " to verify"
                                                                                    + " pph1; add"
                                                                                    + " 'verify"
                                                                                    + " pph1' to"
                                                                                    + " 'exceptions'")
                                                                        .matcher(text)
                                                                        .results()
                                                                        .count()
                                                                >= count));
    }

    private static void keys(Installation installation) throws Exception {
        Path password = installation.secretFile("export.password", "a password of an export");
        Path export = installation.home().resolve("keys.export");
        installation.done("keys:add");
        installation.done("keys:rewrap");
        installation.done("keys:export " + export + " --password-file " + password);
        assertThat(installation.done("keys:status")).contains("unlocked").doesNotContain("Argon2");
    }

    @Test
    void keySetOfBefore_isProtectedAnewByTheCommandThatStatusNames() throws Exception {
        try (Installation installation = Installation.fresh("fips-before")) {
            installation.start();
            assertThat(installation.done("keys:status")).doesNotContain("Argon2");
            enforce(installation, "enforce = on");
            awaitStatus(installation, "Bouncy Castle FIPS 2.1.2: in use");
            assertThat(installation.done("keys:status"))
                    .contains("Argon2id, which FIPS does not approve: keys:passwd");
            installation.stop();
            installation.start();
            assertThat(installation.done("keys:status"))
                    .contains("locked", "'open the key set' to 'exceptions'", "keys:passwd");
            enforce(installation, "enforce = on", "exceptions = open the key set");
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(installation.exec("keys:unlock").status()).isZero());
            Path password = installation.secretFile("new", "a new password, long enough");
            installation.done("keys:passwd --password-file " + password);
            enforce(installation, "enforce = on");
            installation.stop();
            installation.start();
            assertThat(installation.done("keys:status"))
                    .contains("unlocked")
                    .doesNotContain("Argon2");
        }
    }

    @Test
    void moduleThatIsNotThePublishedOne_isRefused_andNothingTakesItsPlace() throws Exception {
        try (Installation installation = Installation.fresh("fips-tampered")) {
            enforce(installation, "enforce = on");
            Path jar = module(installation);
            byte[] bytes = Files.readAllBytes(jar);
            Files.delete(jar);
            // a byte of the zip file's comment: the classes load as before
            byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
            longer[bytes.length - 2] = 1;
            Files.write(jar, longer);
            installation.start();
            assertThat(installation.done("fips:status"))
                    .contains("REFUSED", "its SHA-256 is", "put the file of the distribution back");
            assertThat(installation.exec("keys:status").text()).contains("locked", "SHA-256");
            assertThat(installation.exec("doctor").text()).contains("its module is refused");
            Files.write(jar, bytes);
            installation.stop();
            installation.start();
            assertThat(installation.done("keys:status")).contains("unlocked");
            assertThat(installation.done("events:list --limit 200 --json"))
                    .contains("\"event\":9082");
        }
    }

    private static Path module(Installation installation) throws IOException {
        try (Stream<Path> files = Files.list(installation.home().resolve("bundles/20"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("bc-fips"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
