/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.notifications;

import io.passbridge.tls.Refusal;
import io.passbridge.tls.Tls;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.spi.JsonProvider;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import javax.net.ssl.HttpsURLConnection;
import org.eclipse.parsson.JsonProviderImpl;

/**
 * Posts JSON to an address. Its {@code text} is what chat services show; the rest is for programs.
 */
final class Webhook implements Channel {
    /** By its class: the API would look for it in the thread's class loader. */
    private static final JsonProvider JSON = new JsonProviderImpl();

    private static final int PATIENCE_MILLIS = 15_000;
    private static final Set<String> PLAIN = Set.of("localhost", "127.0.0.1", "[::1]");

    private final URI address;
    private final Optional<Path> token;
    private final Optional<Path> authorities;
    private final BooleanSupplier fips;
    private final String host;

    /**
     * @param token file of what is sent as {@code Authorization: Bearer}
     * @param authorities PEM file, or empty for those that Java knows
     * @param host where this platform runs
     * @throws IllegalArgumentException if the address cannot be used
     */
    Webhook(
            String address,
            Optional<Path> token,
            Optional<Path> authorities,
            BooleanSupplier fips,
            String host) {
        this.address = checked(address);
        this.token = token;
        this.authorities = authorities;
        this.fips = fips;
        this.host = host;
    }

    private static URI checked(String text) {
        try {
            URI uri = new URI(text);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (uri.getHost() != null
                    && (scheme.equals("https")
                            || scheme.equals("http") && PLAIN.contains(uri.getHost()))) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw unusable(); // without the cause: it repeats the address, token and all
        }
        throw unusable();
    }

    private static IllegalArgumentException unusable() {
        return new IllegalArgumentException(
                "'webhook' of "
                        + NotificationSender.PID
                        + " must be an https:// address; http:// is for this machine only");
    }

    @Override
    public void tell(Notice notice) throws IOException {
        byte[] body = json(notice).toString().getBytes(StandardCharsets.UTF_8);
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        try {
            secure(connection);
            connection.setConnectTimeout(PATIENCE_MILLIS);
            connection.setReadTimeout(PATIENCE_MILLIS);
            connection.setInstanceFollowRedirects(false);
            connection.setRequestMethod("POST");
            connection.setRequestProperty("Content-Type", "application/json");
            if (token.isPresent()) {
                connection.setRequestProperty(
                        "Authorization", "Bearer " + SecretFile.read(token.get()));
            }
            connection.setDoOutput(true);
            connection.setFixedLengthStreamingMode(body.length);
            try (OutputStream out = connection.getOutputStream()) {
                out.write(body);
            }
            int status = connection.getResponseCode();
            if (status / 100 != 2) {
                throw new IOException("answered with HTTP status " + status);
            }
        } catch (IOException e) {
            throw new IOException(this + ": " + Refusal.in(e).orElse(e.getMessage()), e);
        } finally {
            connection.disconnect();
        }
    }

    private void secure(HttpURLConnection connection) throws IOException {
        if (connection instanceof HttpsURLConnection secured) {
            try {
                secured.setSSLSocketFactory(
                        Tls.of(authorities, null, fips.getAsBoolean()).sockets());
            } catch (GeneralSecurityException e) {
                throw new IOException(e.getMessage(), e);
            }
        }
    }

    private JsonObject json(Notice notice) {
        return JSON.createObjectBuilder()
                .add("text", notice.headline(host) + "\n\n" + notice.text())
                .add("host", host)
                .add("found", array(notice.fresh()))
                .add("reminded", array(notice.reminded()))
                .add("mended", array(notice.over()))
                .build();
    }

    private static JsonArrayBuilder array(List<Problem> problems) {
        JsonArrayBuilder array = JSON.createArrayBuilder();
        for (Problem problem : problems) {
            array.add(
                    JSON.createObjectBuilder()
                            .add("severity", problem.severity().name().toLowerCase(Locale.ROOT))
                            .add("subject", problem.subject())
                            .add("text", problem.text())
                            .add("remedy", problem.remedy()));
        }
        return array;
    }

    /** Without path and query: in these, chat services keep their token. */
    @Override
    public String toString() {
        return "webhook " + address.getScheme() + "://" + address.getAuthority();
    }
}
