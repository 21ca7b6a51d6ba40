/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.itests.lab.LabCommand;
import io.passbridge.itests.lab.SambaLab;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** A domain's users sign in at the embedded directory with the password of the domain. */
@Tag("live")
@EnabledIf(
        value = "io.passbridge.itests.lab.SambaLab#possible",
        disabledReason =
                "no Samba domain controller can be made here: that needs root and samba-ad-dc")
class ActiveDirectoryIT {
    /** Long enough for Samba's own notification and a busy machine, far below the cycle. */
    private static final Duration SOON = Duration.ofSeconds(40);

    private static final int TIMED_CHANGES = Integer.getInteger("timedChanges", 10);

    private static SambaLab lab;
    private static Installation installation;
    private static SignIn signIn;

    @BeforeAll
    static void connect() throws Exception {
        lab = SambaLab.firstWithDns("127.0.0.51");
        installation =
                Installation.fresh("ad")
                        .etc(
                                "io.passbridge.connector.ad-corp.cfg",
                                "domain = corp.example",
                                // the controller is found in the domain's DNS
                                "dnsServers = " + lab.dnsServer(),
                                "caCertificates = " + lab.authority(),
                                "searchBases = OU=People,DC=corp,DC=example",
                                "authentication = kerberos")
                        .etc("io.passbridge.connector.directory-cloud.cfg", "signInPort = 0")
                        .etc(
                                "io.passbridge.route-corp_cloud.cfg",
                                "source = corp",
                                "target = cloud",
                                "digest = pph1",
                                "accounts = create");
        installation.start();
        Runbook page = Runbook.of("../connectors/active-directory.md", Map.of());
        Typist typist =
                new Typist().answering("Secret of the account of corp: $", "Secret-of-svc-sync");
        synchronised(() -> page.follow(installation, typist, "account:set corp"));
        assertThat(page.follow(installation, typist, "connector:test corp"))
                .contains("signed in with KERBEROS");
        page.end();
        signIn = new SignIn(installation, "cloud");
    }

    @AfterAll
    static void disconnect() throws Exception {
        installation.close();
        lab.close();
    }

    /** A change in the domain, done and waited for until the target answered it. */
    private interface Change {
        void make() throws Exception;
    }

    private static long synchronised(Change change) throws Exception {
        Instant before = Instant.now();
        change.make();
        Instant made = Instant.now();
        Instant stored =
                Awaitility.await()
                        .atMost(SOON)
                        .pollInterval(Duration.ofMillis(300))
                        .until(() -> storedAfter(before), time -> time != null);
        return Math.max(0, Duration.between(made, stored).toMillis());
    }

    /** When the journal says that the target answered changes, or null if it has not since. */
    private static Instant storedAfter(Instant changed) throws Exception {
        Matcher record =
                Pattern.compile("\"time\":\"([^\"]+)\",\"event\":(?:657|622)")
                        .matcher(installation.done("events:list --limit 5 --json"));
        return record.find() && Instant.parse(record.group(1)).isAfter(changed)
                ? Instant.parse(record.group(1))
                : null;
    }

    private static void assertSignsIn(String login, String password) throws Exception {
        assertThat(signIn.attempt(login, password)).as(login).isEqualTo(200);
    }

    private static void assertRefused(String login, String password) throws Exception {
        assertThat(signIn.attempt(login, password)).as(login).isEqualTo(401);
    }

    /** No krb5.conf of this machine knows the domain. */
    @Test
    void connectorTest_saysHowTheSessionIsSealed() throws Exception {
        assertThat(installation.done("connector:test corp --json"))
                .contains("signed in with KERBEROS, sealed with Kerberos, aes256-cts-hmac-sha1-96")
                .doesNotContain("NTLM");
    }

    @Test
    void usersSignIn_withNameOrPrincipalName_andOddPasswords() throws Exception {
        assertSignsIn("bob", "Passw0rd-Bob");
        assertSignsIn("bob@corp.example", "Passw0rd-Bob");
        assertSignsIn("carla", "Pä$$wörd-日本");
        assertSignsIn("dora", "L".repeat(127));
        assertRefused("frank", "Passw0rd-Frank");
        assertRefused("svc-plain", "Secret-of-svc-plain");
    }

    @Test
    void passwordSetByAnAdministrator_arrives() throws Exception {
        synchronised(() -> create("adam", "First-of-Adam"));
        assertSignsIn("adam", "First-of-Adam");
        synchronised(() -> lab.tool("user", "setpassword", "adam", "--newpassword=Second-of-Adam"));
        assertSignsIn("adam", "Second-of-Adam");
        assertRefused("adam", "First-of-Adam");
    }

    private static void create(String login, String password) throws Exception {
        lab.tool("user", "create", login, password, "--userou=OU=People");
    }

    /** {@code dsacls}, its counterpart on Windows, cannot be run here. */
    @Test
    void rightsGrantedAsOnThePage_areEnough() throws Exception {
        create("svc-page", "Secret-of-svc-page");
        Matcher sid =
                Pattern.compile("objectSid: (\\S+)")
                        .matcher(lab.tool("user", "show", "svc-page", "--attributes=objectSid"));
        assertThat(sid.find()).isTrue();
        lab.onController(
                PageText.line("docs/connectors/active-directory.md", "samba-tool dsacl")
                        .replace(";;SID)", ";;" + sid.group(1) + ")"),
                installation.home());
        installation.etc(
                "io.passbridge.connector.ad-page.cfg",
                "domain = corp.example",
                "dnsServers = " + lab.dnsServer(),
                "caCertificates = " + lab.authority(),
                "searchBases = OU=People,DC=corp,DC=example");
        installation.done("config:wait");
        Ran set =
                new Typist()
                        .answering("Secret of the account of page: $", "Secret-of-svc-page")
                        .run(
                                installation,
                                "passbridge",
                                "exec",
                                "account:set page --name svc-page@corp.example");
        assertThat(set.status()).as(set.text()).isZero();
        assertThat(installation.done("connector:test page")).contains("signed in with KERBEROS");
        Files.delete(installation.home().resolve("etc/io.passbridge.connector.ad-page.cfg"));
    }

    @Test
    void exportsOfThePageOfFiles_areRead() throws Exception {
        String page = "bundles/connector-ldif/README.md";
        lab.onController(PageText.line(page, "ldbsearch -H"), installation.home());
        lab.onController(PageText.line(page, "pdbedit -Lw >"), installation.home());
        for (String file : List.of("people.ldif", "smbpasswd")) {
            String name = file.substring(0, 3);
            installation
                    .etc("io.passbridge.connector.ldif-" + name + ".cfg", "path = " + file)
                    .etc("io.passbridge.connector.directory-from" + name + ".cfg", "signInPort = 0")
                    .etc(
                            "io.passbridge.route-" + name + "_from" + name + ".cfg",
                            "source = " + name,
                            "target = from" + name,
                            "digest = pph1",
                            "accounts = create");
        }
        for (String directory : List.of("frompeo", "fromsmb")) {
            SignIn exported = new SignIn(installation, directory);
            Awaitility.await()
                    .atMost(SOON)
                    .ignoreExceptions()
                    .untilAsserted(
                            () ->
                                    assertThat(exported.attempt("bob", "Passw0rd-Bob"))
                                            .as(directory)
                                            .isEqualTo(200));
        }
        // other tests wait for what the journal says of their own route
        for (String name : List.of("peo", "smb")) {
            Files.delete(
                    installation
                            .home()
                            .resolve("etc/io.passbridge.route-" + name + "_from" + name + ".cfg"));
        }
        installation.done("config:wait");
    }

    @Test
    void passwordChangedByTheUserOverLdaps_arrives() throws Exception {
        synchronised(() -> create("uta", "First-of-Uta"));
        String change =
                """
                dn: CN=uta,OU=People,DC=corp,DC=example
                changetype: modify
                delete: unicodePwd
                unicodePwd:: %s
                -
                add: unicodePwd
                unicodePwd:: %s
                """
                        .formatted(quoted("First-of-Uta"), quoted("Second-of-Uta"));
        ProcessBuilder ldapmodify =
                new ProcessBuilder(
                        "ldapmodify",
                        "-x",
                        "-H",
                        "ldaps://127.0.0.51",
                        "-D",
                        "uta@corp.example",
                        "-w",
                        "First-of-Uta");
        ldapmodify.environment().put("LDAPTLS_REQCERT", "never");
        synchronised(() -> LabCommand.run(ldapmodify, change));
        assertSignsIn("uta", "Second-of-Uta");
    }

    private static String quoted(String password) {
        return Base64.getEncoder()
                .encodeToString(('"' + password + '"').getBytes(StandardCharsets.UTF_16LE));
    }

    @Test
    void passwordChangedByKpasswd_arrives() throws Exception {
        synchronised(() -> create("kai", "First-of-Kai"));
        ProcessBuilder kpasswd = new ProcessBuilder("kpasswd", "kai@CORP.EXAMPLE");
        kpasswd.environment().put("KRB5_CONFIG", lab.folder().resolve("krb5.conf").toString());
        synchronised(() -> LabCommand.run(kpasswd, "First-of-Kai\nSecond-of-Kai\nSecond-of-Kai\n"));
        assertSignsIn("kai", "Second-of-Kai");
    }

    @Test
    void disabledAndDeletedUsers_areShutOut() throws Exception {
        synchronised(() -> create("dan", "First-of-Dan"));
        assertSignsIn("dan", "First-of-Dan");
        synchronised(() -> lab.tool("user", "disable", "dan"));
        assertRefused("dan", "First-of-Dan");
        synchronised(() -> lab.tool("user", "enable", "dan"));
        assertSignsIn("dan", "First-of-Dan");
        synchronised(() -> lab.tool("user", "delete", "dan"));
        assertRefused("dan", "First-of-Dan");
    }

    @Test
    void explain_namesTheGateThatStoppedAUser() throws Exception {
        assertThat(installation.done("sync:explain alice")).contains("pph1");
        assertThat(installation.done("sync:explain frank")).contains("disabled");
    }

    /** The model product's case: its remedy is to end enforcement, ours is a narrow exception. */
    @Test
    void fipsEnforced_isRefusedWithEvent667_andRunsWithTheExceptionThatItNames() throws Exception {
        synchronised(() -> create("fay", "First-of-Fay"));
        try {
            // the embedded directory would refuse pph1 before anything is read
            String exceptions = "exceptions = verify NT digest, verify pph1";
            installation.etc("io.passbridge.fips.cfg", "enforce = on", exceptions);
            awaitStatus("policy +enforced");
            lab.tool("user", "setpassword", "fay", "--newpassword=Second-of-Fay");
            Awaitility.await()
                    .atMost(SOON)
                    .untilAsserted(
                            () ->
                                    assertThat(installation.done("events:list --limit 40 --json"))
                                            .containsPattern(
                                                    "\"event\":667,.*read Active Directory.*"
                                                            + "allowLegacyForPasswordSync = true"));
            assertThat(installation.exec("doctor").text())
                    .contains("set 'allowLegacyForPasswordSync = true'");

            Instant excepted = Instant.now();
            installation.etc(
                    "io.passbridge.fips.cfg",
                    "enforce = on",
                    "allowLegacyForPasswordSync = true",
                    exceptions);
            awaitStored(excepted);
            // what was answered first may be another user's change, or one that is tried again
            awaitSignIn("fay", "Second-of-Fay");
            awaitStatus("MD5 to read Active Directory: permitted [1-9]");
            awaitStatus("RC4 to read Active Directory: permitted [1-9]");
            awaitStatus("DES to read Active Directory: permitted [1-9]");
            awaitStatus("SHORT_SALT to digest pph1: permitted [1-9]");
            assertThat(installation.done("connector:test corp --json"))
                    .contains("sealed with Kerberos, aes256-cts-hmac-sha1-96");
        } finally {
            installation.etc("io.passbridge.fips.cfg", "enforce = off");
        }
        awaitStatus("policy +not enforced");
        lab.tool("user", "setpassword", "fay", "--newpassword=Third-of-Fay");
        // the route runs at once under the changed policy, so that another change may be first
        awaitSignIn("fay", "Third-of-Fay");
    }

    private static void awaitSignIn(String login, String password) {
        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() -> assertThat(signIn.attempt(login, password)).isEqualTo(200));
    }

    private static void awaitStatus(String pattern) {
        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(installation.done("fips:status"))
                                        .containsPattern(pattern));
    }

    private static void awaitStored(Instant since) {
        Awaitility.await()
                .atMost(SOON.multipliedBy(2))
                .pollInterval(Duration.ofMillis(300))
                .until(() -> storedAfter(since), time -> time != null);
    }

    /** Prints how long changes took; {@code -DtimedChanges=200} for figures worth quoting. */
    @Test
    void delayOfAChange_isMeasured() throws Exception {
        synchronised(() -> create("tim", "Tim-Start"));
        long[] millis = new long[TIMED_CHANGES];
        for (int i = 0; i < TIMED_CHANGES; i++) {
            String password = "Tim-" + i;
            millis[i] =
                    synchronised(
                            () ->
                                    lab.tool(
                                            "user",
                                            "setpassword",
                                            "tim",
                                            "--newpassword=" + password));
            assertSignsIn("tim", password);
        }
        Arrays.sort(millis);
        System.out.printf(
                "from the end of samba-tool to the target's answer, %d changes: p50 %d ms, p99 %d"
                        + " ms%n",
                TIMED_CHANGES,
                millis[millis.length / 2],
                millis[(int) Math.ceil(millis.length * 0.99) - 1]);
    }
}
