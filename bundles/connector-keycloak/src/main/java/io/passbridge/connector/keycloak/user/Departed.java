/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak.user;

import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.keycloak.session.Address;
import io.passbridge.connector.keycloak.session.AdminApi;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Deletes users who were disabled because their source deleted them, so many days later. Each of
 * them carries the day in an attribute; who was enabled by somebody since is left alone. One thread
 * at a time.
 */
public final class Departed {
    /** The user attribute that holds the day (UTC) on which the source's deletion was written. */
    public static final String ATTRIBUTE = "passbridgeDeletedOn";

    /** How far back the first look reaches. */
    private static final int FIRST_LOOK_DAYS = 100;

    /** The most deletions and days of one call, so that it comes to an end. */
    private static final int AT_ONCE = 200;

    private static final int DAYS_AT_ONCE = 50;

    private static final String DONE = "departed-until";

    private final AdminApi api;
    private final ConnectorContext context;
    private final int afterDays;

    public Departed(AdminApi api, ConnectorContext context, int afterDays) {
        this.api = api;
        this.context = context;
        this.afterDays = afterDays;
    }

    /** Today, as the attribute holds it. */
    public LocalDate today() {
        return LocalDate.ofInstant(context.clock().instant(), ZoneOffset.UTC);
    }

    /** Deletes those whose time has come; costs nothing but once a day. */
    public void delete() throws ConnectorException {
        if (afterDays == 0) {
            return;
        }
        LocalDate last = today().minusDays(afterDays);
        LocalDate day = done().map(d -> d.plusDays(1)).orElse(last.minusDays(FIRST_LOOK_DAYS));
        int left = AT_ONCE;
        for (int days = 0; days < DAYS_AT_ONCE && !day.isAfter(last) && left > 0; days++) {
            left -= deleteOf(day, left);
            if (left > 0) {
                done(day);
                day = day.plusDays(1);
            }
        }
    }

    private int deleteOf(LocalDate day, int most) throws ConnectorException {
        int deleted = 0;
        for (JsonValue value :
                api.get(
                                "/users?briefRepresentation=false&enabled=false&max="
                                        + most
                                        + "&q="
                                        + Address.segment(ATTRIBUTE + ":" + day))
                        .array()) {
            KeycloakUser user = new KeycloakUser((JsonObject) value);
            // the server's search may be wider than what it was asked
            if (user.attribute(ATTRIBUTE).equals(day.toString()) && !user.enabled()) {
                api.change("DELETE", "/users/" + user.id(), JsonValue.NULL, 404);
                deleted++;
            }
        }
        return deleted;
    }

    private Path file() {
        return context.dataFolder().resolve(DONE);
    }

    private Optional<LocalDate> done() {
        try {
            return Files.exists(file())
                    ? Optional.of(LocalDate.parse(Files.readString(file()).strip()))
                    : Optional.empty();
        } catch (IOException | DateTimeException e) {
            // looks at all days once more
            return Optional.empty();
        }
    }

    private void done(LocalDate day) throws ConnectorException {
        try {
            Files.createDirectories(context.dataFolder());
            Files.writeString(file(), day.toString());
        } catch (IOException e) {
            throw new ConnectorException(
                    Kind.OUTCOME_UNKNOWN, file() + " cannot be written: " + e.getMessage());
        }
    }
}
