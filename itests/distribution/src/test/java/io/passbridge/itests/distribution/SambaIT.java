/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.itests.lab.SambaLab;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.security.auth.kerberos.KerberosKey;
import javax.security.auth.kerberos.KerberosPrincipal;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** People of one domain sign in at another with the password of their own. */
@Tag("live")
@EnabledIf(
        value = "io.passbridge.itests.distribution.DomainSignIn#possible",
        disabledReason =
                "nobody can sign in at a Samba domain controller here: that needs root,"
                        + " samba-ad-dc, smbclient and krb5-user")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SambaIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int TIMED_CHANGES = Integer.getInteger("timedChanges", 3);
    private static final String BRANCH = "branch.example";
    private static final InetSocketAddress AGENT = new InetSocketAddress("127.0.0.62", 8636);
    private static final InetSocketAddress TAP = new InetSocketAddress("127.0.0.62", 8637);

    @TempDir static Path folder;
    private static final List<Canary> secrets = new ArrayList<>();
    private static SambaLab corp;
    private static SambaLab branch;
    private static Installation installation;
    private static Process agent;
    private static WireTap tap;
    private static LdapiTap socket;
    private static LoopbackCapture capture;
    private static DomainSignIn signIn;

    @BeforeAll
    static void connect() throws Exception {
        corp = SambaLab.first("127.0.0.61");
        branch = SambaLab.other("127.0.0.62", BRANCH);
        branch.tool("ou", "create", "OU=Staff");
        socket = new LdapiTap(folder.resolve("ldapi"), branch.systemSocket());
        capture = new LoopbackCapture(corp.address(), folder.resolve("captured"));
        signIn = new DomainSignIn(branch, BRANCH, folder);
        installation = Installation.fresh("samba");
        Ran made =
                agent(
                        "init",
                        keys().toString(),
                        "127.0.0.62:" + AGENT.getPort(),
                        "OU=Staff,DC=branch,DC=example",
                        folder.resolve("ldapi").toString());
        assertThat(made.status()).as(made.text()).isZero();
        serve();
        tap = new WireTap(TAP, AGENT);
        installation
                .etc(
                        "io.passbridge.connector.ad-corp.cfg",
                        "domain = corp.example",
                        "controllers = " + corp.controller(),
                        "caCertificates = " + corp.authority(),
                        "searchBases = OU=People,DC=corp,DC=example",
                        "authentication = kerberos",
                        "kerberosKeys = true")
                .etc(
                        "io.passbridge.connector.samba-branch.cfg",
                        "agent = https://127.0.0.62:" + TAP.getPort(),
                        "recipientKey = " + keys().resolve("recipient.pub"),
                        "certificate = " + keys().resolve("agent.pem"));
        route(false);
        installation.start();
        installation.done(
                "account:set corp --name svc-sync@corp.example --secret-file "
                        + installation.secretFile("svc", "Secret-of-svc-sync"));
        installation.done(
                "account:set branch --name pairing --secret-file "
                        + installation.secretFile(
                                "pair", Files.readString(keys().resolve("pairing")).strip()));
    }

    @AfterAll
    static void disconnect() throws Exception {
        if (installation != null) {
            installation.close();
        }
        if (agent != null) {
            agent.destroyForcibly();
        }
        if (tap != null) {
            tap.close();
        }
        if (capture != null) {
            capture.close();
        }
        socket.close();
        branch.close();
        corp.close();
    }

    private static Path keys() {
        return folder.resolve("agent");
    }

    private static void route(boolean allowed) throws IOException {
        installation.etc(
                "io.passbridge.route-corp_branch.cfg",
                "source = corp",
                "target = branch",
                "digest = hpke",
                "accounts = create",
                "cycleSeconds = 5",
                allowed ? "allowSourceCredentials = true" : "");
    }

    private static List<String> agentCommand(String... arguments) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-jar",
                                "integrations/passbridge-samba-agent.jar"));
        command.addAll(List.of(arguments));
        return command;
    }

    private static Ran agent(String... arguments) throws IOException, InterruptedException {
        return Installation.run(installation.process(agentCommand(arguments)), "");
    }

    private static void serve() throws IOException {
        Path log = folder.resolve("agent.log");
        Files.deleteIfExists(log);
        agent =
                installation
                        .process(agentCommand("serve", keys().toString()))
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        Awaitility.await().atMost(SOON).until(() -> Files.readString(log).contains("listening at"));
    }

    private static void setPassword(String user, String password) throws Exception {
        corp.tool("user", "setpassword", user, "--newpassword=" + password);
    }

    private static void await(String user, String password, boolean expected) {
        Awaitility.await(user)
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> signIn.bind(user, password).status() == 0, is -> is == expected);
    }

    private static void assertSignsIn(String user, String password) throws Exception {
        assertThat(signIn.all(user, password)).allMatch(ran -> ran.status() == 0);
    }

    private static void assertRefused(String user, String password) throws Exception {
        assertThat(signIn.all(user, password)).noneMatch(ran -> ran.status() == 0);
    }

    @Test
    @Order(1)
    void route_thatWasNotTold_sendsNothing_andSaysWhatItWouldSend() throws Exception {
        Awaitility.await()
                .atMost(SOON)
                .until(
                        () -> installation.done("sync:status --json"),
                        status -> status.contains("allowSourceCredentials = true"));
        assertThat(installation.done("sync:preview corp_branch")).contains("SOURCE CREDENTIALS");
        assertThat(branch.tool("user", "list")).doesNotContain("alice");
    }

    @Test
    @Order(2)
    void people_signInWithEverythingTheirOwnDomainOffers() throws Exception {
        route(true);
        installation.done("config:wait");
        await("alice", "Passw0rd-Alice", true);

        assertSignsIn("alice", "Passw0rd-Alice");
        assertSignsIn("carla", "Pä$$wörd-日本");
        assertRefused("alice", "Passw0rd-Bob");
        assertRefused("frank", "Passw0rd-Frank"); // disabled
        assertThat(signIn.bind("gina", "Passw0rd-Gina").text()).contains("data 773"); // must change
        assertThat(installation.done("events:list --limit 50")).contains("9059");
        assertThat(installation.done("connector:test branch"))
                .contains("recipientKey is the agent's own");
        assertThat(branch.tool("user", "show", "alice", "--attributes=objectSid,mail"))
                .contains("alice@corp.example");
    }

    @Test
    @Order(3)
    void changedPassword_holdsInAllThree_andTheOldOneInNone() throws Exception {
        String old = "Passw0rd-Bob";
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < TIMED_CHANGES; i++) {
            String fresh = "Changed-" + i + "-of-Bob";
            setPassword("bob", fresh);
            long changed = System.nanoTime();
            await("bob", fresh, true);
            millis.add((System.nanoTime() - changed) / 1_000_000);
            assertSignsIn("bob", fresh);
            assertRefused("bob", old);
            old = fresh;
        }
        Collections.sort(millis);
        System.out.printf(
                "%d changes: p50 %d ms, longest %d ms%n",
                millis.size(), millis.get(millis.size() / 2), millis.get(millis.size() - 1));
        secrets.addAll(credentialsOf("bob", old));
    }

    /** The NT hash that the source holds, and the AES key of the password. */
    private static List<Canary> credentialsOf(String user, String password) throws Exception {
        Matcher hash =
                Pattern.compile("unicodePwd:: (\\S+)")
                        .matcher(corp.tool("user", "show", user, "--attributes=unicodePwd"));
        assertThat(hash.find()).isTrue();
        return List.of(
                Canary.bytes("NT hash", Base64.getDecoder().decode(hash.group(1))),
                Canary.bytes(
                        "AES key",
                        new KerberosKey(
                                        new KerberosPrincipal(user + "@CORP.EXAMPLE"),
                                        password.toCharArray(),
                                        "aes256-cts-hmac-sha1-96")
                                .getEncoded()));
    }

    @Test
    @Order(4)
    void stateAndNames_follow() throws Exception {
        corp.tool("user", "disable", "lars");
        await("lars", "Passw0rd-Lars", false);
        corp.tool("user", "enable", "lars");
        await("lars", "Passw0rd-Lars", true);
        corp.tool("user", "rename", "lars", "--samaccountname=laurens");
        await("laurens", "Passw0rd-Lars", true);
        assertSignsIn("laurens", "Passw0rd-Lars");
        corp.modify(
                "dn: CN=laurens,OU=People,DC=corp,DC=example\nchangetype: modify\n"
                        + "replace: accountExpires\naccountExpires: 131000000000000000\n");
        await("laurens", "Passw0rd-Lars", false);
        corp.tool("user", "delete", "emil");
        await("emil", "1", false);
        assertThat(branch.tool("user", "list")).as("kept, and off").contains("emil");
    }

    @Test
    @Order(5)
    void agentAndControllersThatEnd_loseNothing() throws Exception {
        agent.destroyForcibly().waitFor();
        setPassword("alice", "While-the-agent-was-away");
        corp.stop();
        corp.start();
        serve();
        await("alice", "While-the-agent-was-away", true);
        branch.stop();
        setPassword("alice", "While-the-domain-was-away");
        branch.start();
        await("alice", "While-the-domain-was-away", true);
        assertSignsIn("alice", "While-the-domain-was-away");
        assertRefused("alice", "While-the-agent-was-away");
        secrets.addAll(credentialsOf("alice", "While-the-domain-was-away"));
    }

    @Test
    @Order(6)
    void agentKilledBetweenWriteAndAnswer_losesNothing_andRefusesNobody() throws Exception {
        socket.arm(
                "CN=alice,",
                () -> {
                    try {
                        agent.destroyForcibly().waitFor();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
        setPassword("alice", "Written-and-never-answered");
        Awaitility.await().atMost(SOON).until(() -> !socket.isArmed() && !agent.isAlive());
        assertSignsIn("alice", "Written-and-never-answered");
        serve();
        String alice = anchor("alice");
        Awaitility.await()
                .atMost(SOON)
                .until(
                        () ->
                                installation.exec("sync:retry corp_branch").status() == 0
                                        && installation.exec("sync:run corp_branch").status() != 2
                                        && !installation
                                                .done("sync:people corp_branch --waiting --json")
                                                .contains(alice));
        assertThat(installation.done("sync:people corp_branch --refused --json"))
                .doesNotContain(alice);
        setPassword("alice", "After-the-kill");
        await("alice", "After-the-kill", true);
        assertRefused("alice", "Written-and-never-answered");
    }

    private static String anchor(String user) throws Exception {
        Matcher guid =
                Pattern.compile("objectGUID: (\\S+)")
                        .matcher(corp.tool("user", "show", user, "--attributes=objectGUID"));
        assertThat(guid.find()).isTrue();
        return guid.group(1);
    }

    @Test
    @Order(7)
    void withoutAConnection_aFileBringsThePasswords_andAnOlderOneIsRefused() throws Exception {
        installation.done("sync:pause corp_branch --reason 'the line is cut'");
        agent.destroyForcibly().waitFor();
        setPassword("carla", "By-the-older-file");
        Path older = export("older.sealed");
        setPassword("carla", "By-the-newer-file");
        Path file = export("people.sealed");
        assertThat(installation.exec("sync:export-sealed corp_branch " + file).text())
                .contains("replaces no file");
        assertThat(installation.done("events:list --limit 20 --wide")).contains("9064", "9065");

        assertThat(agent("apply", keys().toString(), file.toString(), "--dry-run").text())
                .contains("status 0", "for this agent. Nothing was changed.");
        Path broken = Files.write(folder.resolve("broken.sealed"), flipped(file));
        assertThat(agent("apply", keys().toString(), broken.toString()).text())
                .contains("status 2", "the sealed credential is refused");
        assertThat(signIn.bind("carla", "By-the-newer-file").status()).isNotZero();

        assertThat(agent("apply", keys().toString(), file.toString()).text())
                .contains("status 0", " 0 refused", " 0 not in the file");
        assertSignsIn("carla", "By-the-newer-file");
        assertThat(agent("apply", keys().toString(), file.toString()).text())
                .contains("status 0", ": 0 applied");
        assertThat(agent("apply", keys().toString(), older.toString()).text())
                .contains("status 2", "was applied already");
        assertRefused("carla", "By-the-older-file");
        secrets.addAll(credentialsOf("carla", "By-the-newer-file"));

        serve();
        assertThat(agent("apply", keys().toString(), file.toString()).text())
                .contains("status 2", "stop it first");
        installation.done("sync:resume corp_branch");
        setPassword("carla", "The-line-is-back");
        await("carla", "The-line-is-back", true);
    }

    private static Path export(String name) throws Exception {
        Path file = folder.resolve(name);
        Ran ran = installation.exec("sync:export-sealed corp_branch " + file);
        assertThat(ran.text()).contains("passwords: " + file);
        return file;
    }

    /** One bit of a line in the middle. */
    private static byte[] flipped(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int middle = bytes.length / 2;
        while (!Character.isLetter(bytes[middle])) {
            middle++;
        }
        bytes[middle] = (byte) (bytes[middle] == 'A' ? 'B' : 'A');
        return bytes;
    }

    @Test
    @Order(8)
    void underFips_whatItApprovesTakesThePlaceOfHpke() throws Exception {
        policy("enforce = on", "allowLegacyForPasswordSync = true");
        awaitPolicy("policy +enforced");
        setPassword("bob", "Sealed-under-the-policy");
        await("bob", "Sealed-under-the-policy", true);
        assertSignsIn("bob", "Sealed-under-the-policy");
        assertThat(installation.done("connector:test branch"))
                .contains("recipientKey is the agent's own");
        assertThat(installation.done("sync:status --json")).contains("P-256 in one pass");

        Path file = export("approved.sealed");
        assertThat(Files.readAllLines(file).get(0)).startsWith("passbridge-sealed 1 p256 ");
        agent.destroyForcibly().waitFor();
        assertThat(agent("apply", keys().toString(), file.toString()).text())
                .contains("status 0", " 0 refused");
        serve();
        policy("enforce = off");
        awaitPolicy("policy +not enforced");
    }

    private static void policy(String... lines) throws IOException {
        installation.etc("io.passbridge.fips.cfg", lines);
    }

    private static void awaitPolicy(String pattern) {
        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(installation.done("fips:status"))
                                        .containsPattern(pattern));
    }

    @Test
    @Order(9)
    void wrongRecipient_isRefusedInWords() throws Exception {
        Path key = keys().resolve("recipient.pub");
        String right = Files.readString(key);
        Files.writeString(
                key,
                Base64.getEncoder()
                                .encodeToString(
                                        new byte[] {
                                            9, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
                                            16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29,
                                            30, 31
                                        })
                        + "\n");
        assertThat(installation.exec("connector:test branch").text())
                .contains("recipientKey is not the key of this agent");
        setPassword("bob", "Sealed-for-somebody-else");
        Awaitility.await()
                .atMost(SOON)
                .until(
                        () -> installation.done("sync:people corp_branch --refused"),
                        people -> people.contains("the sealed credential is refused"));
        assertRefused("bob", "Sealed-for-somebody-else");
        assertThat(installation.done("events:list --limit 20 --wide"))
                .contains("the sealed credential is refused");
        Files.writeString(key, right);
        setPassword("bob", "Sealed-for-the-agent");
        await("bob", "Sealed-for-the-agent", true);
    }

    @Test
    @Order(10)
    void thief_findsNothing_inDataLogAndWire() throws Exception {
        assertThat(secrets).hasSize(6);
        capture.close();
        Path wire = Files.write(folder.resolve("wire"), tap.seen());
        assertThat(Files.size(wire)).isGreaterThan(10_000);
        LeakSearch search =
                new LeakSearch(secrets)
                        .folder(installation.home(), file -> true)
                        .folder(keys(), file -> true)
                        .text("events", installation.done("events:list --json"))
                        .text("log of the agent", Files.readString(folder.resolve("agent.log")))
                        .folder(folder, file -> file.equals(wire) || sealed(file))
                        .folder(capture.folder(), file -> true);
        assertThat(search.found()).isEmpty();
        assertThat(captured()).as("bytes of the replication").isGreaterThan(10_000);
        assertThat(search.files()).isGreaterThan(20);
    }

    private static boolean sealed(Path file) {
        return file.toString().endsWith(".sealed");
    }

    /** What the longest of the source's answers has. */
    private static long captured() throws IOException {
        try (Stream<Path> files = Files.list(capture.folder())) {
            return files.filter(file -> file.getFileName().toString().startsWith(corp.address()))
                    .mapToLong(file -> file.toFile().length())
                    .max()
                    .orElse(0);
        }
    }
}
