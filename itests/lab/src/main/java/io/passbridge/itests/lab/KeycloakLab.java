/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A throw-away Keycloak, made by {@code itests/lab/keycloak.sh} out of the distribution that Maven
 * Central has, with or without our provider. Thread-safe.
 */
public final class KeycloakLab implements AutoCloseable {
    /** The client whose service account synchronises. */
    public static final String CLIENT = "passbridge";

    /** Its secret. */
    public static final String SECRET = "s3cr3t-of-the-client";

    private static final Pattern TOKEN = Pattern.compile("\"access_token\":\"([^\"]+)\"");

    private final Path folder;
    private final Optional<Path> provider;
    private final int port;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(10))
                    .build();
    private String token;
    private Instant renewAt = Instant.MIN;

    private KeycloakLab(Path folder, Optional<Path> provider, int port) {
        this.folder = folder;
        this.provider = provider;
        this.port = port;
    }

    /**
     * Whether Keycloak's archive is here; {@code itests/lab/keycloak.sh fetch} gets it.
     *
     * <p>Says on the error output what is missing.
     */
    public static boolean possible() {
        try {
            String archive =
                    LabCommand.run(
                                    new ProcessBuilder(
                                            LabCommand.script("keycloak.sh").toString(), "archive"),
                                    "")
                            .strip();
            boolean there = Files.isRegularFile(Path.of(archive));
            if (!there) {
                System.err.println(
                        "SKIPPED: tests with Keycloak: "
                                + archive
                                + " is missing; run itests/lab/keycloak.sh fetch");
            }
            return there;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Starts a Keycloak.
     *
     * @param provider the jar of our provider, or empty for a plain one
     */
    public static KeycloakLab start(Optional<Path> provider)
            throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        KeycloakLab lab = new KeycloakLab(Files.createTempDirectory("pb-keycloak"), provider, port);
        lab.start();
        return lab;
    }

    /** Our provider as the build made it. */
    public static Path providerJar() throws IOException {
        Path target =
                LabCommand.script("keycloak.sh")
                        .resolve("../../../integrations/keycloak-provider/target")
                        .normalize();
        try (var files = Files.list(target)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow(
                            () -> new IllegalStateException(target + " has no jar; package it"));
        }
    }

    /** Starts it again over the same database and on the same port. */
    public void start() throws IOException, InterruptedException {
        script("up");
    }

    /** Ends it without warning. */
    public void kill() throws IOException, InterruptedException {
        script("kill");
    }

    public int port() {
        return port;
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Its own administration tool. */
    public Path kcadm() {
        return folder.resolve("home/bin/kcadm.sh");
    }

    /** What it has logged. */
    public String log() throws IOException {
        return Files.readString(folder.resolve("keycloak.out"));
    }

    /**
     * Makes a realm with a client {@link #CLIENT} that may manage users, a client {@code login} for
     * sign-ins by password, and attributes that administrators may add.
     */
    public void addRealm(String realm) throws IOException, InterruptedException {
        String json =
                """
                {"realm":"%1$s","enabled":true,"sslRequired":"none","editUsernameAllowed":true,
                 "clients":[
                  {"clientId":"login","publicClient":true,"directAccessGrantsEnabled":true,
                   "standardFlowEnabled":false},
                  {"clientId":"%2$s","publicClient":false,"serviceAccountsEnabled":true,
                   "standardFlowEnabled":false,"secret":"%3$s"}],
                 "users":[{"username":"service-account-%2$s","enabled":true,
                   "serviceAccountClientId":"%2$s",
                   "clientRoles":{"realm-management":["manage-users"]}}]}
                """
                        .formatted(realm, CLIENT, SECRET);
        good(admin("POST", "", json));
        String profile = good(admin("GET", "/" + realm + "/users/profile", "")).body();
        good(
                admin(
                        "PUT",
                        "/" + realm + "/users/profile",
                        profile.replaceFirst(
                                "\\{", "{\"unmanagedAttributePolicy\":\"ADMIN_EDIT\",")));
    }

    /** Makes a realm as an administrator may have it: with a client {@code login} and no more. */
    public void addBareRealm(String realm) throws IOException, InterruptedException {
        good(
                admin(
                        "POST",
                        "",
                        """
                        {"realm":"%s","enabled":true,"sslRequired":"none",
                         "clients":[{"clientId":"login","publicClient":true,
                          "directAccessGrantsEnabled":true,"standardFlowEnabled":false}]}
                        """
                                .formatted(realm)));
    }

    public void removeRealm(String realm) throws IOException, InterruptedException {
        good(admin("DELETE", "/" + realm, ""));
    }

    /**
     * A request to the administration interface as the administrator of everything.
     *
     * @param path below {@code /admin/realms}
     * @param body JSON, or empty
     */
    public HttpResponse<String> admin(String method, String path, String body)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(url() + "/admin/realms" + path))
                        .timeout(Duration.ofSeconds(60))
                        .header("Authorization", "Bearer " + token())
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body.isEmpty()
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** The answer, if it is a success. */
    public static HttpResponse<String> good(HttpResponse<String> answer) {
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(
                    answer.request().method()
                            + " "
                            + answer.uri().getPath()
                            + " was answered "
                            + answer.statusCode()
                            + " "
                            + answer.body());
        }
        return answer;
    }

    /** What a sign-in at the token endpoint came to. */
    public enum Attempt {
        SIGNED_IN,
        /** The user is not known, or the password is another one. */
        REFUSED,
        DISABLED,
        /** Something is to be done first, such as choosing a new password. */
        NOT_SET_UP
    }

    /** Signs in at the token endpoint. */
    public Attempt signIn(String realm, String user, String password)
            throws IOException, InterruptedException {
        HttpResponse<String> answer =
                token(
                        realm,
                        Map.of(
                                "grant_type",
                                "password",
                                "client_id",
                                "login",
                                "username",
                                user,
                                "password",
                                password));
        if (answer.statusCode() == 200) {
            return Attempt.SIGNED_IN;
        }
        if (answer.body().contains("Invalid user credentials")) {
            return Attempt.REFUSED;
        }
        if (answer.body().contains("Account disabled")) {
            return Attempt.DISABLED;
        }
        if (answer.body().contains("not fully set up")) {
            return Attempt.NOT_SET_UP;
        }
        throw new IllegalStateException(answer.statusCode() + " " + answer.body());
    }

    /** What the token endpoint answers to a form. */
    public HttpResponse<String> token(String realm, Map<String, String> form)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(
                                URI.create(
                                        url()
                                                + "/realms/"
                                                + realm
                                                + "/protocol/openid-connect/token"))
                        .timeout(Duration.ofSeconds(60))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        form.entrySet().stream()
                                                .map(
                                                        field ->
                                                                field.getKey()
                                                                        + "="
                                                                        + URLEncoder.encode(
                                                                                field.getValue(),
                                                                                StandardCharsets
                                                                                        .UTF_8))
                                                .collect(Collectors.joining("&"))))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private synchronized String token() throws IOException, InterruptedException {
        if (Instant.now().isAfter(renewAt)) {
            String answer =
                    good(token(
                                    "master",
                                    Map.of(
                                            "grant_type", "password",
                                            "client_id", "admin-cli",
                                            "username", "admin",
                                            "password", "admin")))
                            .body();
            Matcher found = TOKEN.matcher(answer);
            if (!found.find()) {
                throw new IllegalStateException("no token for the administrator");
            }
            token = found.group(1);
            renewAt = Instant.now().plusSeconds(30);
        }
        return token;
    }

    private void script(String verb) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(LabCommand.script("keycloak.sh").toString(), verb);
        builder.environment().put("LAB", folder.toString());
        builder.environment().put("PORT", Integer.toString(port));
        provider.ifPresent(jar -> builder.environment().put("PROVIDER", jar.toString()));
        LabCommand.run(builder, "");
    }

    @Override
    public void close() throws IOException, InterruptedException {
        kill();
        LabCommand.run(new ProcessBuilder("rm", "-r", folder.toString()), "");
    }
}
