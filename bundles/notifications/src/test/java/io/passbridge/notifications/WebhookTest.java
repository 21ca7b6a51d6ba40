/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.passbridge.health.Finding.Severity;
import io.passbridge.itests.lab.Identity;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTest {
    private static final Notice NOTICE =
            new Notice(
                    List.of(new Problem(Severity.ERROR, "key set", "is \"locked\"", "keys:unlock")),
                    List.of(),
                    List.of());

    @TempDir Path folder;

    private record Received(String authorization, JsonObject body) {}

    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();

    private <S extends HttpServer> S answering(S server, int status) {
        server.createContext(
                "/hook",
                exchange -> {
                    JsonObject body = Json.createReader(exchange.getRequestBody()).readObject();
                    received.add(
                            new Received(
                                    exchange.getRequestHeaders().getFirst("Authorization"), body));
                    exchange.sendResponseHeaders(status, -1);
                    exchange.close();
                });
        server.start();
        return server;
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static Webhook webhook(
            String address, Optional<Path> token, Optional<Path> authorities) {
        return new Webhook(address, token, authorities, () -> false, "bridge1");
    }

    @Test
    void notice_isPosted_withTheTokenOfTheFile() throws Exception {
        HttpServer server = answering(HttpServer.create(loopback(), 0), 204);
        try {
            Path token = Files.writeString(folder.resolve("token"), "the-token-of-the-hook\n");
            webhook(
                            "http://127.0.0.1:" + server.getAddress().getPort() + "/hook",
                            Optional.of(token),
                            Optional.empty())
                    .tell(NOTICE);
            Received post = received.take();
            assertThat(post.authorization()).isEqualTo("Bearer the-token-of-the-hook");
            assertThat(post.body().getString("text"))
                    .startsWith("Passbridge on bridge1: 1 thing does not work")
                    .contains("keys:unlock");
            assertThat(post.body().getJsonArray("found").getJsonObject(0).getString("text"))
                    .isEqualTo("is \"locked\"");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void refusal_isToldWithoutPathAndQuery() throws Exception {
        HttpServer server = answering(HttpServer.create(loopback(), 0), 403);
        try {
            int port = server.getAddress().getPort();
            Webhook webhook =
                    webhook(
                            "http://127.0.0.1:" + port + "/hook?key=secret-in-the-query",
                            Optional.empty(),
                            Optional.empty());
            assertThatThrownBy(() -> webhook.tell(NOTICE))
                    .isInstanceOf(IOException.class)
                    .hasMessage(
                            "webhook http://127.0.0.1:%d: answered with HTTP status 403"
                                    .formatted(port));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void certificate_isChecked() throws Exception {
        Identity identity = Identity.of(folder, "hook", "EC", "-1d", 30);
        HttpsServer server = HttpsServer.create(loopback(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(identity.context()));
        answering(server, 200);
        try {
            String address = "https://127.0.0.1:" + server.getAddress().getPort() + "/hook";
            assertThatThrownBy(
                            () -> webhook(address, Optional.empty(), Optional.empty()).tell(NOTICE))
                    .isInstanceOf(IOException.class);
            assertThat(received).isEmpty();
            webhook(address, Optional.empty(), Optional.of(identity.authority())).tell(NOTICE);
            assertThat(received).hasSize(1);
        } finally {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://chat.example.org/x", "ftp://localhost/x", "https:", "x"})
    void addressThatIsReadableOnTheWay_orNone_isRefused(String address) {
        assertThatThrownBy(() -> webhook(address, Optional.empty(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'webhook'");
    }

    @Test
    void missingTokenFile_isNamed() {
        assertThatThrownBy(
                        () ->
                                webhook(
                                                "http://127.0.0.1:9/hook",
                                                Optional.of(folder.resolve("none")),
                                                Optional.empty())
                                        .tell(NOTICE))
                .hasMessageContaining(folder.resolve("none") + " does not exist");
    }
}
