/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.launcher.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Signs in at the cloud directory over HTTP, as an application would. */
final class SignIn {
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;

    private final String address;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    SignIn(String address) {
        this.address = address;
    }

    String address() {
        return address;
    }

    boolean accepts(String login, String password) throws IOException, InterruptedException {
        return status(login, password) == OK;
    }

    boolean refuses(String login, String password) throws IOException, InterruptedException {
        return status(login, password) == UNAUTHORIZED;
    }

    private int status(String login, String password) throws IOException, InterruptedException {
        String body = "{\"login\":\"%s\",\"password\":\"%s\"}".formatted(login, password);
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(address))
                        .timeout(Duration.ofSeconds(30))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
                        .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
