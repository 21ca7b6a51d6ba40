/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.passbridge.itests.lab.KeycloakLab;
import io.passbridge.itests.lab.KeycloakLab.Attempt;
import io.passbridge.itests.lab.OpenLdapLab;
import io.passbridge.itests.lab.SambaLab;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * People of directories sign in at the token endpoint of a real Keycloak, which has the provider
 * that the distribution carries. {@code -Dkeycloak.changes=200} times that many changes of each
 * directory, also of a Samba domain, and prints the figures.
 */
@Tag("live")
@EnabledIf("io.passbridge.itests.lab.KeycloakLab#possible")
class KeycloakIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int CHANGES = Integer.getInteger("keycloak.changes", 3);
    private static final boolean LONG = CHANGES > 3;

    private static KeycloakLab keycloak;
    private static Installation installation;

    @BeforeAll
    static void start() throws Exception {
        installation = Installation.fresh("keycloak");
        keycloak =
                KeycloakLab.start(
                        Optional.of(
                                installation
                                        .home()
                                        .resolve("integrations/passbridge-keycloak-provider.jar")));
        installation.start();
    }

    @AfterAll
    static void stop() throws Exception {
        installation.close();
        keycloak.close();
    }

    /** A realm of that name as target, and a route to it from a source of that name. */
    private static void route(String name, String... more) throws Exception {
        keycloak.addRealm(name);
        String target = "idp" + name;
        installation.etc(
                "io.passbridge.connector.keycloak-" + target + ".cfg",
                "server = " + keycloak.url(),
                "realm = " + name,
                "clientId = " + KeycloakLab.CLIENT);
        setAccount(target, "passbridge", KeycloakLab.SECRET);
        List<String> lines =
                new ArrayList<>(
                        List.of("source = " + name, "target = " + target, "accounts = create"));
        lines.addAll(List.of(more));
        installation.etc(
                "io.passbridge.route-" + name + "_" + target + ".cfg",
                lines.toArray(String[]::new));
    }

    /** Gives a connector its account, as soon as it is there. */
    private static void setAccount(String connector, String name, String secret) throws Exception {
        Path file = installation.secretFile("secret", secret);
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(500))
                .until(
                        () ->
                                installation
                                                .exec(
                                                        "account:set "
                                                                + connector
                                                                + " --name "
                                                                + name
                                                                + " --secret-file "
                                                                + file)
                                                .status()
                                        == 0);
        Files.delete(file);
    }

    private static void awaitSignIn(String realm, String login, String password) {
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptions()
                .untilAsserted(
                        () ->
                                assertThat(keycloak.signIn(realm, login, password))
                                        .as(login)
                                        .isEqualTo(Attempt.SIGNED_IN));
    }

    /** Somebody's change of the password in a directory. */
    @FunctionalInterface
    private interface Directory {
        void setPassword(String password) throws Exception;
    }

    /** Changes a password again and again; each change signs in, and its predecessor does not. */
    private static void changes(String realm, String login, Directory directory) throws Exception {
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < CHANGES; i++) {
            directory.setPassword("Passwd-No-" + i);
            long changed = System.nanoTime();
            awaitSignIn(realm, login, "Passwd-No-" + i);
            millis.add(Duration.ofNanos(System.nanoTime() - changed).toMillis());
            if (i > 0) {
                assertThat(keycloak.signIn(realm, login, "Passwd-No-" + (i - 1)))
                        .isEqualTo(Attempt.REFUSED);
            }
        }
        millis.sort(null);
        System.out.printf(
                "%s: %d changes signed in at Keycloak after p50 %d ms, p99 %d ms, most %d ms%n",
                realm,
                CHANGES,
                millis.get(CHANGES / 2),
                millis.get(Math.min(CHANGES - 1, CHANGES * 99 / 100)),
                millis.get(CHANGES - 1));
    }

    @Test
    void passwordChangedInAFile_signsInAtKeycloak_andTheFormerIsRefused() throws Exception {
        Path people = installation.home().resolve("people.ldif");
        String uuid = "11111111-2222-4333-8444-555555555555";
        Files.writeString(
                people,
                """
                dn: uid=frieda,ou=people,dc=example,dc=org
                objectClass: inetOrgPerson
                uid: frieda
                cn: Frieda Frost
                givenName: Frieda
                sn: Frost
                mail: frieda@example.org
                entryUUID: %s
                userPassword: %s

                """
                        .formatted(uuid, ssha("First-of-frieda")));
        installation.etc(
                "io.passbridge.connector.ldif-file.cfg",
                "path = " + people,
                "settleMillis = 100",
                "attributes = position=title");
        route("file", "passThrough = *");
        awaitSignIn("file", "frieda", "First-of-frieda");
        assertThat(keycloak.signIn("file", "frieda", "first-of-frieda")).isEqualTo(Attempt.REFUSED);
        Files.writeString(
                people,
                """
                dn: uid=frieda,ou=people,dc=example,dc=org
                changetype: modify
                replace: userPassword
                userPassword: %s
                -

                """
                        .formatted(ssha("Second-of-frieda")),
                StandardOpenOption.APPEND);
        awaitSignIn("file", "frieda", "Second-of-frieda");
        assertThat(keycloak.signIn("file", "frieda", "First-of-frieda")).isEqualTo(Attempt.REFUSED);
        assertThat(installation.done("connector:test idpfile"))
                .contains("Passbridge provider")
                .doesNotContainIgnoringCase("error");
        previewOfADeclaredAttribute_saysWhoChanges_andTheRunBringsIt(people);
        peopleWhoExchangeTheirNames_signInByThem(people);
    }

    private static void peopleWhoExchangeTheirNames_signInByThem(Path people) throws Exception {
        Files.writeString(
                people,
                """
                dn: uid=gerda,ou=people,dc=example,dc=org
                objectClass: inetOrgPerson
                uid: gerda
                cn: Gerda Gold
                givenName: Gerda
                sn: Gold
                mail: gerda@example.org
                entryUUID: 11111111-2222-4333-8444-666666666666
                userPassword: %s

                """
                        .formatted(ssha("First-of-gerda")),
                StandardOpenOption.APPEND);
        awaitSignIn("file", "gerda", "First-of-gerda");
        Files.writeString(
                people,
                renamed("frieda", "gerda") + renamed("gerda", "frieda"),
                StandardOpenOption.APPEND);
        awaitSignIn("file", "gerda", "Second-of-frieda");
        awaitSignIn("file", "frieda", "First-of-gerda");
        assertThat(installation.done("sync:people file_idpfile")).doesNotContain("conflict");
    }

    private static String renamed(String entry, String login) {
        return """
        dn: uid=%s,ou=people,dc=example,dc=org
        changetype: modify
        replace: uid
        uid: %2$s
        -
        replace: mail
        mail: %2$s@example.org
        -

        """
                .formatted(entry, login);
    }

    private static void previewOfADeclaredAttribute_saysWhoChanges_andTheRunBringsIt(Path people)
            throws Exception {
        installation.done("sync:pause file_idpfile");
        Files.writeString(
                people,
                """
                dn: uid=frieda,ou=people,dc=example,dc=org
                changetype: modify
                replace: title
                title: Chief
                -

                """,
                StandardOpenOption.APPEND);
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(
                        () ->
                                assertThat(
                                                installation.done(
                                                        "sync:preview file_idpfile --people"
                                                                + " --wide"))
                                        .contains("frieda")
                                        .contains("'Chief'"));
        installation.done("sync:resume file_idpfile");
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(
                        () ->
                                assertThat(
                                                keycloak.admin(
                                                                "GET",
                                                                "/file/users?q=position:Chief",
                                                                "")
                                                        .body())
                                        .contains("frieda"));
    }

    private static String ssha(String password) throws Exception {
        byte[] salt = "12345678".getBytes(StandardCharsets.US_ASCII);
        MessageDigest sha = MessageDigest.getInstance("SHA-1");
        sha.update(password.getBytes(StandardCharsets.UTF_8));
        byte[] hash = sha.digest(salt);
        byte[] both = new byte[hash.length + salt.length];
        System.arraycopy(hash, 0, both, 0, hash.length);
        System.arraycopy(salt, 0, both, hash.length, salt.length);
        return "{SSHA}" + Base64.getEncoder().encodeToString(both);
    }

    @Test
    void passwordChangedAtOpenLdap_signsInAtKeycloak() throws Exception {
        assumeTrue(OpenLdapLab.possible(), "needs slapd and ldap-utils");
        try (OpenLdapLab openLdap = OpenLdapLab.start()) {
            openLdap.addPerson("anna");
            openLdap.modify(
                    "dn: "
                            + OpenLdapLab.dn("anna")
                            + "\nchangetype: modify\nadd: givenName\ngivenName: Anna\n");
            openLdap.setPassword("anna", "First-of-anna");
            installation.etc(
                    "io.passbridge.connector.ldap-openldap.cfg",
                    "servers = " + openLdap.url(),
                    "baseDns = " + OpenLdapLab.PEOPLE);
            setAccount("openldap", OpenLdapLab.SYNC, OpenLdapLab.SYNC_PASSWORD);
            route("openldap", "passThrough = *");
            awaitSignIn("openldap", "anna", "First-of-anna");
            changes("openldap", "anna", password -> openLdap.setPassword("anna", password));
            if (LONG) {
                race("openldap", "anna", password -> openLdap.setPassword("anna", password));
            }
        }
    }

    @Test
    void pageForTheFirstTenMinutes_leadsToASignIn() throws Exception {
        assumeTrue(OpenLdapLab.possible(), "needs slapd and ldap-utils");
        assumeTrue(Typist.possible(), "needs a terminal: expect");
        try (OpenLdapLab openLdap = OpenLdapLab.start()) {
            openLdap.addPerson("bert");
            openLdap.modify(
                    "dn: "
                            + OpenLdapLab.dn("bert")
                            + "\nchangetype: modify\nadd: givenName\ngivenName: Bert\n");
            openLdap.setPassword("bert", "First-of-bert");
            keycloak.addBareRealm("corp");
            installation
                    .etc(
                            "io.passbridge.connector.ldap-corp.cfg",
                            "servers = " + openLdap.url(),
                            "baseDns = ou=people,dc=example,dc=org")
                    .etc(
                            "io.passbridge.connector.keycloak-idp.cfg",
                            "server = " + keycloak.url(),
                            "realm = corp",
                            "clientId = passbridge");
            await().atMost(SOON)
                    .untilAsserted(
                            () ->
                                    assertThat(installation.done("connector:list"))
                                            .containsPattern("(?m)^corp ")
                                            .containsPattern("(?m)^idp "));
            // its sign-in is kept in the home folder
            installation.with("KC_OPTS", "-Duser.home=" + installation.home());
            Runbook page =
                    Runbook.of(
                                    "../keycloak-in-ten-minutes.md",
                                    Map.of(
                                            "https://id.example.com", keycloak.url(),
                                            "bin/kcadm.sh", keycloak.kcadm().toString()))
                            // the lab reads these two from the page and runs them
                            .skip("cp ")
                            .skip("bin/kc.sh build");
            Typist typist =
                    new Typist()
                            .confirming()
                            .answering("Enter password: ?$", "admin")
                            .answering(
                                    "Secret of the account of corp: $", OpenLdapLab.SYNC_PASSWORD);
            String kcadm = keycloak.kcadm().toString();
            page.follow(installation, typist, kcadm + " config credentials");
            page.follow(installation, typist, kcadm + " create clients");
            page.follow(installation, typist, kcadm + " add-roles");
            page.follow(installation, typist, kcadm + " update users/profile");
            Matcher secret =
                    Pattern.compile("\"secret\" : \"([^\"]+)\"")
                            .matcher(page.follow(installation, typist, kcadm + " get clients"));
            assertThat(secret.find()).isTrue();
            typist.answering("Secret of the account of idp: $", secret.group(1));
            page.follow(installation, typist, "account:set corp");
            page.follow(installation, typist, "account:set idp");
            assertThat(page.follow(installation, typist, "connector:test"))
                    .contains("Passbridge provider");
            installation.etc(
                    "io.passbridge.route-corp_idp.cfg",
                    "source = corp",
                    "target = idp",
                    "accounts = create",
                    "passThrough = *",
                    "state = staging");
            await().atMost(SOON).until(() -> installation.done("sync:status").contains("corp_idp"));
            page.follow(installation, typist, "sync:preview");
            page.follow(installation, typist, "sync:activate");
            page.follow(installation, typist, "sync:status");
            page.end();
            awaitSignIn("corp", "bert", "First-of-bert");
        }
    }

    @Test
    void passwordChangedInASambaDomain_signsInAtKeycloak() throws Exception {
        assumeTrue(LONG, "one Samba domain more takes half a minute: -Dkeycloak.changes=200");
        assumeTrue(SambaLab.possible(), "needs root and samba-ad-dc");
        try (SambaLab samba = SambaLab.first("127.0.0.61")) {
            installation.etc(
                    "io.passbridge.connector.ad-samba.cfg",
                    "domain = corp.example",
                    "controllers = " + samba.controller(),
                    "caCertificates = " + samba.authority(),
                    "searchBases = OU=People,DC=corp,DC=example",
                    "authentication = ntlm");
            samba.tool(
                    "user",
                    "create",
                    "otto",
                    "First-of-Otto",
                    "--userou=OU=People",
                    "--given-name=Otto",
                    "--surname=Ott",
                    "--mail-address=otto@corp.example");
            setAccount("samba", "svc-sync", "Secret-of-svc-sync");
            route("samba", "digest = pph1");
            awaitSignIn("samba", "otto", "First-of-Otto");
            Directory directory =
                    password ->
                            samba.tool("user", "setpassword", "otto", "--newpassword=" + password);
            changes("samba", "otto", directory);
            race("samba", "otto", directory);
        }
    }

    /** Sign-ins with the former password at the moment of every change. */
    private static void race(String realm, String login, Directory directory) throws Exception {
        ExecutorService people = Executors.newFixedThreadPool(2);
        try {
            directory.setPassword("Racing-No-0");
            awaitSignIn(realm, login, "Racing-No-0");
            int signIns = 0;
            for (int i = 1; i <= CHANGES; i++) {
                String former = "Racing-No-" + (i - 1);
                AtomicBoolean arrived = new AtomicBoolean();
                List<Future<Integer>> attempts = new ArrayList<>();
                for (int person = 0; person < 2; person++) {
                    attempts.add(
                            people.submit(
                                    () -> {
                                        int done = 0;
                                        while (!arrived.get()) {
                                            keycloak.signIn(realm, login, former);
                                            done++;
                                        }
                                        return done;
                                    }));
                }
                directory.setPassword("Racing-No-" + i);
                awaitSignIn(realm, login, "Racing-No-" + i);
                arrived.set(true);
                for (Future<Integer> attempt : attempts) {
                    signIns += attempt.get();
                }
                assertThat(keycloak.signIn(realm, login, "Racing-No-" + i))
                        .as("change " + i)
                        .isEqualTo(Attempt.SIGNED_IN);
                assertThat(keycloak.signIn(realm, login, former)).isEqualTo(Attempt.REFUSED);
            }
            System.out.printf(
                    "%s: %d changes raced with %d sign-ins, none lost%n", realm, CHANGES, signIns);
        } finally {
            people.shutdownNow();
        }
    }
}
