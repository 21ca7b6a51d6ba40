/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.passbridge.itests.lab.LabCommand;
import io.passbridge.itests.lab.OpenLdapLab;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * People of an OpenLDAP server sign in at the embedded directory: over files that slapcat writes,
 * and over the audit log that the server itself appends to.
 */
@Tag("live")
@EnabledIf(
        value = "io.passbridge.itests.lab.OpenLdapLab#possible",
        disabledReason = "no OpenLDAP server can be made here: that needs slapd and ldap-utils")
class OpenLdapIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String SIGN_IN_URL = "connectors/cloud/sign-in.url";

    private static OpenLdapLab lab;
    private static Installation installation;
    private static SignIn dumped;
    private static SignIn live;

    @BeforeAll
    static void connect() throws Exception {
        lab = OpenLdapLab.start();
        for (String uid : new String[] {"anna", "bert", "carl", "dora"}) {
            lab.addPerson(uid);
            lab.setPassword(uid, "First-of-" + uid);
        }
        lab.dump();
        // the audit log goes on where a dump ends
        Files.copy(lab.dumpFile(), lab.liveFile(), StandardCopyOption.REPLACE_EXISTING);
        installation = Installation.fresh("openldap");
        route("dump", lab.dumpFile().toString(), "cloud");
        route("live", lab.liveFile().toString(), "cloudlive");
        installation.start();
        dumped = new SignIn(installation, "cloud");
        live = new SignIn(installation, "cloudlive");
        awaitStatus(dumped, "anna", "First-of-anna", 200);
        awaitStatus(live, "anna", "First-of-anna", 200);
    }

    private static void route(String source, String file, String target) throws Exception {
        installation
                .etc(
                        "io.passbridge.connector.ldif-" + source + ".cfg",
                        "path = " + file,
                        "settleMillis = 200")
                .etc("io.passbridge.connector.directory-" + target + ".cfg", "signInPort = 0")
                .etc(
                        "io.passbridge.route-" + source + "_" + target + ".cfg",
                        "source = " + source,
                        "target = " + target,
                        "accounts = create",
                        "passThrough = *");
    }

    @AfterAll
    static void disconnect() throws Exception {
        installation.close();
        lab.close();
    }

    private static void awaitStatus(SignIn at, String login, String password, int status) {
        await().atMost(SOON)
                .pollInterval(Duration.ofSeconds(1))
                .ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(at.attempt(login, password)).as(login).isEqualTo(status));
    }

    @Test
    void everybodySignsIn_byNameAndMail() throws Exception {
        awaitStatus(dumped, "bert", "First-of-bert", 200);
        awaitStatus(dumped, "bert@example.org", "First-of-bert", 200);
        assertThat(dumped.attempt("bert", "first-of-bert")).isEqualTo(401);
    }

    @Test
    void passwordChanged_arrivesWithTheNextDump_andAtOnceOverTheAuditLog() throws Exception {
        lab.setPassword("carl", "Second-of-carl");
        awaitStatus(live, "carl", "Second-of-carl", 200);
        assertThat(live.attempt("carl", "First-of-carl")).isEqualTo(401);
        assertThat(dumped.attempt("carl", "First-of-carl")).as("not dumped yet").isEqualTo(200);
        lab.dump();
        awaitStatus(dumped, "carl", "Second-of-carl", 200);
        assertThat(dumped.attempt("carl", "First-of-carl")).isEqualTo(401);
    }

    /**
     * The server's tools find the laboratory's own files by options that the page has no need of.
     */
    @Test
    void exportsOfThePage_areRead() throws Exception {
        String page = "bundles/connector-ldif/README.md";
        lab.setPassword("bert", "Second-of-bert");
        export(
                PageText.line(page, "slapcat -b")
                        .replace("slapcat", "/usr/sbin/slapcat -f " + lab.configuration()));
        awaitStatus(dumped, "bert", "Second-of-bert", 200);

        lab.setPassword("bert", "First-of-bert");
        String socket = lab.socket().toString().replace("/", "%2F");
        export(
                PageText.line(page, "ldapsearch -LLL")
                        .replace(
                                "-b ...",
                                "-QY EXTERNAL -H ldapi://" + socket + " -b " + OpenLdapLab.TREE));
        awaitStatus(dumped, "bert", "First-of-bert", 200);
    }

    private static void export(String command) throws Exception {
        String file = lab.dumpFile().getFileName().toString();
        LabCommand.run(
                new ProcessBuilder("sh", "-c", command.replace("people.ldif", file))
                        .directory(lab.dumpFile().getParent().toFile()),
                "");
    }

    @Test
    void signInRequestOfThePage_isAnswered() throws Exception {
        URI uri = URI.create(Files.readString(installation.data().resolve(SIGN_IN_URL)).strip());
        String request =
                PageText.block("docs/connectors/directory.md", "POST /sign-in")
                        .strip()
                        .replace("127.0.0.1:8480", uri.getAuthority())
                        .replace("jane", "anna")
                        .replace("...", "First-of-anna");
        int length = request.substring(request.indexOf("\n\n") + 2).length();
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(
                            request.replaceFirst("\n\n", "\nContent-Length: " + length + "\n\n")
                                    .replace("\n", "\r\n")
                                    .getBytes(StandardCharsets.UTF_8));
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.UTF_8))
                    .isEqualTo("HTTP/1.1 200");
        }
    }

    @Test
    void accountLockedForGood_isRefused_andUnlocked_signsInAgain() throws Exception {
        lab.modify(
                lock("dora", "replace: pwdAccountLockedTime\npwdAccountLockedTime: 000001010000Z"));
        awaitStatus(live, "dora", "First-of-dora", 401);
        lab.modify(lock("dora", "delete: pwdAccountLockedTime"));
        awaitStatus(live, "dora", "First-of-dora", 200);
    }

    private static String lock(String uid, String modification) {
        return "dn: " + OpenLdapLab.dn(uid) + "\nchangetype: modify\n" + modification + "\n";
    }

    @Test
    void personAddedRenamedAndDeleted_followsOverTheAuditLog() throws Exception {
        lab.addPerson("emil");
        lab.setPassword("emil", "First-of-emil");
        awaitStatus(live, "emil", "First-of-emil", 200);
        lab.modify(
                "dn: "
                        + OpenLdapLab.dn("emil")
                        + "\nchangetype: modrdn\nnewrdn: uid=emilio\ndeleteoldrdn: 1\n");
        awaitStatus(live, "emilio", "First-of-emil", 200);
        assertThat(live.attempt("emil", "First-of-emil")).isEqualTo(401);
        lab.modify("dn: " + OpenLdapLab.dn("emilio") + "\nchangetype: delete\n");
        awaitStatus(live, "emilio", "First-of-emil", 401);
    }
}
