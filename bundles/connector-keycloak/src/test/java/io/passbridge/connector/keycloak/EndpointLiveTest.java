/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak;

import static io.passbridge.connector.keycloak.Person.apply;
import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.Connector;
import io.passbridge.connector.PasswordTarget;
import io.passbridge.connector.keycloak.session.Json;
import io.passbridge.credential.Digest;
import io.passbridge.itests.lab.KeycloakLab;
import io.passbridge.itests.lab.KeycloakLab.Attempt;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** What the provider's endpoint refuses, and what it leaves behind. */
@Tag("live")
@EnabledIf("io.passbridge.itests.lab.KeycloakLab#possible")
class EndpointLiveTest {
    private static final String PASSWORDS = "/passbridge/passwords";

    @TempDir Path folder;

    @Test
    void requestWithoutAToken_isRefused() throws Exception {
        try (Realm realm = new Realm(RealKeycloak.PROVIDER, folder)) {
            for (String path : new String[] {"/passbridge", PASSWORDS, PASSWORDS + "/versions"}) {
                HttpRequest request =
                        HttpRequest.newBuilder(
                                        URI.create(
                                                RealKeycloak.PROVIDER.lab().url()
                                                        + "/admin/realms/"
                                                        + realm.name()
                                                        + path))
                                .header("Content-Type", "application/json")
                                .method(
                                        path.equals("/passbridge") ? "GET" : "POST",
                                        HttpRequest.BodyPublishers.ofString("{}"))
                                .build();
                assertThat(
                                HttpClient.newHttpClient()
                                        .send(request, HttpResponse.BodyHandlers.discarding())
                                        .statusCode())
                        .as(path)
                        .isEqualTo(401);
            }
        }
    }

    @Test
    void description_tellsWhetherTheRealmHashesAnew() throws Exception {
        try (Realm realm = new Realm(RealKeycloak.PROVIDER, folder)) {
            assertThat(realm.get("/passbridge").toString())
                    .contains("\"contract\":1")
                    .contains("\"defaultHashProvider\":\"passbridge\"")
                    .contains("\"rehashRace\":false");
            KeycloakLab.good(
                    realm.admin(
                            "PUT", "", "{\"passwordPolicy\":\"hashAlgorithm(pbkdf2-sha256)\"}"));
            assertThat(realm.get("/passbridge").toString()).contains("\"rehashRace\":true");
        }
    }

    @Test
    void requestThatIsTooLongOrNone_isRefusedAsAWhole() throws Exception {
        try (Realm realm = new Realm(RealKeycloak.PROVIDER, folder)) {
            String item = "{\"id\":\"x\"}";
            String many = "{\"items\":[" + (item + ",").repeat(500) + item + "]}";
            String long1 = "{\"items\":[{\"id\":\"" + "x".repeat(1 << 20) + "\"}]}";
            assertThat(realm.admin("POST", PASSWORDS, many).statusCode()).isEqualTo(413);
            assertThat(realm.admin("POST", PASSWORDS, long1).statusCode()).isEqualTo(413);
            assertThat(realm.admin("POST", PASSWORDS, "{\"items\":").statusCode()).isEqualTo(400);
            assertThat(realm.admin("POST", PASSWORDS, "[]").statusCode()).isEqualTo(400);
            HttpResponse<String> half =
                    realm.admin("POST", PASSWORDS, "{\"items\":[" + item + "]}");
            assertThat(half.statusCode()).isEqualTo(200);
            assertThat(half.body()).contains("\"id\":\"x\"").contains("\"rejected\"");
        }
    }

    @Test
    void versionsOfOneUserInOneRequest_areWrittenInTheirOrder() throws Exception {
        try (Realm realm = new Realm(RealKeycloak.PROVIDER, folder)) {
            Person anna = Person.in(realm, "anna");
            Person bert = Person.in(realm, "bert");
            String items =
                    String.join(
                            ",",
                            item(anna, 1, Passwords.pph1("First-1!")),
                            item(bert, 1, Passwords.pph1("First-2!")),
                            "{\"id\":\"x\"}",
                            item(anna, 2, Passwords.pph1("Second-1!")),
                            item(anna, 1, Passwords.pph1("First-1!")));
            String answer =
                    KeycloakLab.good(realm.admin("POST", PASSWORDS, "{\"items\":[" + items + "]}"))
                            .body();
            assertThat(statuses(answer))
                    .containsExactly("applied", "applied", "rejected", "applied", "conflict");
            assertThat(anna.signIn("Second-1!")).isEqualTo(Attempt.SIGNED_IN);
            assertThat(anna.signIn("First-1!")).isEqualTo(Attempt.REFUSED);
            assertThat(bert.signIn("First-2!")).isEqualTo(Attempt.SIGNED_IN);
            assertThat((JsonArray) realm.get("/users/" + realm.id(anna.anchor()) + "/credentials"))
                    .hasSize(1);
        }
    }

    private static List<String> statuses(String answer) {
        JsonObject object =
                (JsonObject) Json.parse(answer.getBytes(StandardCharsets.UTF_8)).orElseThrow();
        return Json.list(object, "results").stream()
                .map(result -> Json.text((JsonObject) result, "status", ""))
                .toList();
    }

    private static String item(Person person, int version, Digest digest) {
        return """
        {"id":"%s","version":"0.%d","changedAt":%d,"scheme":"%s","value":"%s",
         "state":{"enabled":true,"mustChange":false}}
        """
                .formatted(
                        person.realm().id(person.anchor()),
                        version,
                        System.currentTimeMillis(),
                        digest.scheme(),
                        digest.encoded());
    }

    @Test
    void write_isAnAdminEvent_andNoDigestIsInEventsOrLog() throws Exception {
        try (Realm realm = new Realm(RealKeycloak.PROVIDER, folder);
                Connector connector = realm.open()) {
            KeycloakLab.good(
                    realm.admin(
                            "PUT",
                            "",
                            "{\"adminEventsEnabled\":true,\"adminEventsDetailsEnabled\":true}"));
            Person anna = Person.in(realm, "anna");
            Digest digest = Passwords.pph1("First-1!");
            apply(connector.capability(PasswordTarget.class).orElseThrow(), anna.update(7, digest));
            String events = realm.get("/admin-events?resourcePath=users/*").toString();
            assertThat(events)
                    .contains("\"operationType\":\"UPDATE\"")
                    .contains("users/" + realm.id(anna.anchor()))
                    .contains("0.7");
            String secret = digest.encoded().split(",")[3].replace(";", "");
            assertThat(events).doesNotContain(secret);
            assertThat(RealKeycloak.PROVIDER.lab().log()).doesNotContain(secret);
        }
    }
}
