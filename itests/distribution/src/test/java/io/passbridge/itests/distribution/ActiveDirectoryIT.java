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
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
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
        Path secret = installation.secretFile("secret", "Secret-of-svc-sync");
        synchronised(
                () ->
                        installation.done(
                                "account:set corp --name svc-sync --secret-file " + secret));
        Files.delete(secret);
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
                Pattern.compile("\"time\":\"([^\"]+)\",\"number\":(?:657|622)")
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
