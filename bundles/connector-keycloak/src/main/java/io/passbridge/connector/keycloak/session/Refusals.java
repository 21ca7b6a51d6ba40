/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak.session;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.keycloak.settings.Settings;
import jakarta.json.JsonValue;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.stream.IntStream;

/** What a status of HTTP means to the platform. */
final class Refusals {
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    private static final Duration USUAL_WAIT = Duration.ofSeconds(5);

    private Refusals() {}

    /**
     * The answer, if it is a success or one of the statuses that the caller judges itself.
     *
     * @param changes whether the request may have changed something
     * @throws ConnectorException for every other status, and for a body that is not whole JSON
     */
    static Answer answer(
            HttpResponse<byte[]> response,
            Settings settings,
            boolean changes,
            Clock clock,
            int... judged)
            throws ConnectorException {
        int status = response.statusCode();
        Optional<JsonValue> body =
                response.body().length == 0
                        ? Optional.of(JsonValue.NULL)
                        : Json.parse(response.body());
        Answer answer =
                new Answer(
                        status,
                        body.orElse(JsonValue.NULL),
                        response.headers().firstValue("Location").orElse(""));
        if (answer.good() && body.isEmpty()) {
            throw new ConnectorException(
                    changes ? Kind.OUTCOME_UNKNOWN : Kind.UNREACHABLE,
                    settings.server()
                            + " gave an answer that is not whole JSON; is 'server' the address of"
                            + " Keycloak itself?");
        }
        if (answer.good() || IntStream.of(judged).anyMatch(seen -> seen == status)) {
            return answer;
        }
        throw failure(answer, response, settings, changes, clock);
    }

    private static ConnectorException failure(
            Answer answer,
            HttpResponse<byte[]> response,
            Settings settings,
            boolean changes,
            Clock clock) {
        Optional<String> retryAfter = response.headers().firstValue("Retry-After");
        String text = "Keycloak at " + settings.server() + " answers " + answer.reason();
        switch (answer.status()) {
            case 401:
                return new ConnectorException(
                        Kind.AUTHENTICATION, text + "; is the client still enabled?");
            case 403:
                return new ConnectorException(
                        Kind.PERMISSION,
                        text
                                + "; give the service account of '"
                                + settings.clientId()
                                + "' the role manage-users of realm-management");
            case 404:
                return new ConnectorException(Kind.NOT_FOUND, text);
            case 409:
                return new ConnectorException(Kind.CONFLICT, text);
            case 429:
                return ConnectorException.rateLimited(
                        text + "; lower requestsPerSecond", retryAt(retryAfter, clock));
            case 503:
                // the server or what stands before it did not begin
                return retryAfter.isPresent()
                        ? ConnectorException.rateLimited(text, retryAt(retryAfter, clock))
                        : new ConnectorException(Kind.UNREACHABLE, text);
            default:
                boolean began = changes && answer.status() >= 500;
                if (began) {
                    return new ConnectorException(Kind.OUTCOME_UNKNOWN, text);
                }
                return new ConnectorException(
                        answer.status() >= 500 ? Kind.UNREACHABLE : Kind.REJECTED, text);
        }
    }

    /** Seconds or a date (RFC 9110, 10.2.3), within an hour. */
    private static Instant retryAt(Optional<String> header, Clock clock) {
        Instant now = clock.instant();
        Instant asked =
                header.flatMap(text -> read(text.strip(), now)).orElse(now.plus(USUAL_WAIT));
        Instant latest = now.plus(LONGEST_WAIT);
        return asked.isBefore(now) ? now : asked.isAfter(latest) ? latest : asked;
    }

    private static Optional<Instant> read(String text, Instant now) {
        try {
            return Optional.of(
                    text.matches("[0-9]{1,9}")
                            ? now.plusSeconds(Long.parseLong(text))
                            : ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
