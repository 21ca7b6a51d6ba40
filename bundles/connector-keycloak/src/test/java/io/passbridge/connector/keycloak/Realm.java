/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak;

import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorFactory;
import io.passbridge.connector.keycloak.session.Json;
import io.passbridge.connector.tck.TargetHarness;
import io.passbridge.connector.tck.TestConfiguration;
import io.passbridge.connector.tck.TestContext;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.Digest;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.itests.lab.KeycloakLab;
import io.passbridge.itests.lab.KeycloakLab.Attempt;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A realm of a real Keycloak that one test has for itself, and the connector's configuration. */
final class Realm implements TargetHarness {
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final KeycloakLab lab;
    private final RealKeycloak kind;
    private final Path folder;
    private final String name = "corp" + NUMBERS.incrementAndGet();
    private final Map<String, String> settings = new HashMap<>();
    private final Map<SourceAnchor, String> ids = new HashMap<>();
    private String secret = KeycloakLab.SECRET;
    private TestContext context;

    Realm(RealKeycloak kind, Path folder) throws IOException, InterruptedException {
        this.kind = kind;
        this.lab = kind.lab();
        this.folder = folder;
        lab.addRealm(name);
        settings.putAll(Map.of("server", lab.url(), "realm", name, "clientId", KeycloakLab.CLIENT));
    }

    /** Sets a parameter of the connector, before it is opened. */
    Realm with(String parameter, String value) {
        settings.put(parameter, value);
        return this;
    }

    /** Gives the connector another secret, before it is opened. */
    Realm withSecret(String another) {
        secret = another;
        return this;
    }

    @Override
    public ConnectorFactory factory() {
        return new KeycloakConnectorFactory();
    }

    @Override
    public synchronized TestContext context() {
        if (context == null) {
            context =
                    new TestContext(
                                    new TestConfiguration(
                                            "cloud", factory().descriptor(), folder, settings),
                                    folder)
                            .withAccount("", secret);
        }
        // before Java 21 an HTTP client ends its thread once it was collected
        System.gc();
        return context;
    }

    @Override
    public Connector open() throws ConnectorException {
        return factory().open(context());
    }

    @Override
    public void addUser(SourceAnchor user, String loginName) throws Exception {
        String location =
                KeycloakLab.good(
                                lab.admin(
                                        "POST",
                                        "/" + name + "/users",
                                        """
                                        {"username":"%1$s","enabled":true,"emailVerified":true,
                                         "email":"%1$s@example.org","firstName":"First",
                                         "lastName":"Last","attributes":{"sourceAnchor":["%2$s"]}}
                                        """
                                                .formatted(loginName, user.value())))
                        .headers()
                        .firstValue("Location")
                        .orElseThrow();
        ids.put(user, location.substring(location.lastIndexOf('/') + 1));
    }

    @Override
    public Digest digest(int number) {
        String password = "Password-" + number;
        return kind == RealKeycloak.PLAIN ? Passwords.pbkdf2(password) : Passwords.pph1(password);
    }

    /** All that the server tells of a password; the label and the date change with its version. */
    @Override
    public Optional<String> storedDigest(SourceAnchor user) throws Exception {
        return get("/users/" + ids.get(user) + "/credentials") instanceof JsonArray held
                        && !held.isEmpty()
                ? Optional.of(held.toString())
                : Optional.empty();
    }

    @Override
    public Optional<Boolean> signsIn(String loginName, String password) throws Exception {
        return Optional.of(signIn(loginName, password) == Attempt.SIGNED_IN);
    }

    @Override
    public boolean maySignIn(SourceAnchor user, AccountState applied) throws Exception {
        return user(user).getBoolean("enabled");
    }

    @Override
    public List<String> attribute(SourceAnchor user, String attribute) throws Exception {
        JsonArray found =
                (JsonArray) get("/users?briefRepresentation=false&q=sourceAnchor:" + user.value());
        return Json.list(Json.child(found.getJsonObject(0), "attributes"), attribute).stream()
                .map(value -> ((JsonString) value).getString())
                .toList();
    }

    /** The user as the administrator sees it. */
    JsonObject user(SourceAnchor user) throws Exception {
        return (JsonObject) get("/users/" + ids.get(user));
    }

    String id(SourceAnchor user) {
        return ids.get(user);
    }

    String name() {
        return name;
    }

    /** The body of an answer of the administration interface to the administrator. */
    JsonValue get(String path) throws Exception {
        String body = KeycloakLab.good(admin("GET", path, "")).body();
        return Json.parse(body.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }

    java.net.http.HttpResponse<String> admin(String method, String path, String body)
            throws IOException, InterruptedException {
        return lab.admin(method, "/" + name + path, body);
    }

    Attempt signIn(String user, String password) throws IOException, InterruptedException {
        return lab.signIn(name, user, password);
    }

    /** Has the client sign in with assertions of the key of a certificate. */
    void trustKey(Certificate certificate, String algorithm) throws Exception {
        String client = client();
        KeycloakLab.good(
                admin(
                        "PUT",
                        "/clients/" + client,
                        """
                        {"clientId":"%s","clientAuthenticatorType":"client-jwt",
                         "attributes":{"jwt.credential.certificate":"%s",
                         "token.endpoint.auth.signing.alg":"%s"}}
                        """
                                .formatted(
                                        KeycloakLab.CLIENT,
                                        Base64.getEncoder()
                                                .encodeToString(certificate.getEncoded()),
                                        algorithm)));
    }

    /** Gives the service account a role of a client of the realm. */
    void giveRole(String client, String role) throws Exception {
        String account =
                ((JsonObject) get("/clients/" + client() + "/service-account-user"))
                        .getString("id");
        String id =
                ((JsonArray) get("/clients?clientId=" + client)).getJsonObject(0).getString("id");
        String roles =
                Json.array().add(get("/clients/" + id + "/roles/" + role)).build().toString();
        KeycloakLab.good(
                admin("POST", "/users/" + account + "/role-mappings/clients/" + id, roles));
    }

    /** Leaves the service account without a role. */
    void takeRolesAway() throws Exception {
        String account =
                ((JsonObject) get("/clients/" + client() + "/service-account-user"))
                        .getString("id");
        String management =
                ((JsonArray) get("/clients?clientId=realm-management"))
                        .getJsonObject(0)
                        .getString("id");
        String path = "/users/" + account + "/role-mappings/clients/" + management;
        KeycloakLab.good(admin("DELETE", path, get(path).toString()));
    }

    private String client() throws Exception {
        return ((JsonArray) get("/clients?clientId=" + KeycloakLab.CLIENT))
                .getJsonObject(0)
                .getString("id");
    }

    /** The body of a successful answer of the token endpoint. */
    String token(Map<String, String> form) throws IOException, InterruptedException {
        return KeycloakLab.good(lab.token(name, form)).body();
    }

    @Override
    public void close() throws Exception {
        if (context != null) {
            context.close();
        }
        lab.removeRealm(name);
    }
}
