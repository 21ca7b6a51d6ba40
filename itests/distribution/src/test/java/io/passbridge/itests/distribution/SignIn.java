/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Somebody at the sign-in page of the embedded directory. */
final class SignIn {
    private final Path urlFile;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    /** Of the directory instance of an installation. */
    SignIn(Installation installation, String instance) {
        this.urlFile =
                installation.data().resolve("connectors").resolve(instance).resolve("sign-in.url");
    }

    /**
     * The HTTP status that the directory answers with: 200 signed in, 401 refused, 429 too many
     * tries.
     */
    int attempt(String login, String password) throws IOException, InterruptedException {
        URI uri = URI.create(Files.readString(urlFile).trim());
        String body = "{\"login\":" + quoted(login) + ",\"password\":" + quoted(password) + "}";
        HttpRequest request =
                HttpRequest.newBuilder(uri)
                        .timeout(Duration.ofSeconds(20))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
