/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.subethamail.smtp.server.SMTPServer;
import org.subethamail.wiser.Wiser;

/** Somebody is told that a route's file is gone, and that it is back. */
class NotificationsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final List<String> posted = new CopyOnWriteArrayList<>();
    private HttpServer chat;
    private Wiser mail;

    @BeforeEach
    void listen() throws Exception {
        chat = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        chat.createContext(
                "/",
                exchange -> {
                    posted.add(
                            new String(
                                    exchange.getRequestBody().readAllBytes(),
                                    StandardCharsets.UTF_8));
                    exchange.sendResponseHeaders(204, -1);
                    exchange.close();
                });
        chat.start();
        mail = Wiser.create(SMTPServer.port(0).bindAddress(InetAddress.getByName("127.0.0.1")));
        mail.start();
    }

    @AfterEach
    void hangUp() {
        chat.stop(0);
        mail.stop();
    }

    @Test
    void missingFile_isToldByMailAndWebhook_andSoIsItsReturn() throws Exception {
        try (Installation installation = Installation.fresh("notifications")) {
            Path file = installation.home().resolve("people.ldif");
            new People(file, 5);
            installation.peopleToCloud(file);
            installation.etc(
                    "io.passbridge.notifications.cfg",
                    "webhook = http://127.0.0.1:" + chat.getAddress().getPort() + "/hook",
                    "mailServer = 127.0.0.1",
                    "mailPort = " + mail.getServer().getPortAllocated(),
                    "mailSecurity = none",
                    "mailFrom = passbridge@example.org",
                    "mailTo = operators@example.org",
                    "severity = warning",
                    "settleSeconds = 1",
                    "quietMinutes = 0");
            installation.start();
            installation.done("sync:run people_cloud");
            Files.move(file, file.resolveSibling("away"));
            assertThat(installation.exec("sync:run people_cloud").status()).isNotZero();
            awaitTold("people.ldif", "\"found\":[{");
            assertThat(installation.exec("doctor --all").out())
                    .contains("go to webhook http://127.0.0.1", "go to mail server 127.0.0.1");
            Files.move(file.resolveSibling("away"), file);
            await().atMost(PATIENCE)
                    .until(() -> installation.exec("sync:run people_cloud").status() == 0);
            awaitTold("Mended", "\"mended\":[{");
            assertThat(
                            installation
                                    .exec("config:check etc/io.passbridge.notifications.cfg")
                                    .status())
                    .isZero();
            installation.etc("io.passbridge.notifications.cfg", "webhook = http://example.org/");
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () ->
                                    assertThat(installation.exec("doctor").out())
                                            .contains("http:// is for this machine only"));
        }
    }

    private void awaitTold(String text, String json) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> {
                            assertThat(posted).anyMatch(p -> p.contains(text) && p.contains(json));
                            assertThat(mail.getMessages())
                                    .extracting(m -> (String) m.getMimeMessage().getContent())
                                    .anyMatch(content -> content.contains(text));
                        });
    }
}
