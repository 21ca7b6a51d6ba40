/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak.settings;

import io.passbridge.connector.AllowedValues;
import io.passbridge.connector.ConnectorConfiguration;
import io.passbridge.connector.ConnectorDescriptor.Parameter;
import io.passbridge.connector.ConnectorDescriptor.Type;
import io.passbridge.health.Finding;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What an instance is configured with.
 *
 * @param server without a slash at its end
 * @param realm whose users are written
 * @param clientId of the service account
 * @param authentication how the service account proves who it is
 * @param authorities certificates to trust instead of those of the Java runtime
 * @param anchorAttribute the user attribute that holds the source anchor
 * @param match how a user without an anchor is found
 * @param create whether users that are missing are created
 * @param delete whether a user deleted at the source is deleted, not only disabled
 * @param deleteAfterDays after how many days a user disabled for that is deleted; 0 for never
 * @param endSessions whether a changed password ends the user's sessions
 * @param requestsPerSecond the most requests a second; 0 for no limit
 * @param timeoutSeconds the longest wait for one answer
 */
public record Settings(
        URI server,
        String realm,
        String clientId,
        Authentication authentication,
        Optional<Path> authorities,
        String anchorAttribute,
        Match match,
        boolean create,
        boolean delete,
        int deleteAfterDays,
        boolean endSessions,
        int requestsPerSecond,
        int timeoutSeconds) {
    /** How the service account proves who it is. */
    public enum Authentication {
        SECRET("secret"),
        PRIVATE_KEY_JWT("private-key-jwt");

        private final String text;

        Authentication(String text) {
            this.text = text;
        }
    }

    /** How a user that does not carry a source anchor yet is found. */
    public enum Match {
        /** Not at all: whoever carries no anchor belongs to somebody else. */
        ANCHOR,
        USERNAME,
        EMAIL
    }

    private static final String SERVER = "server";
    private static final String REALM = "realm";
    private static final String CLIENT_ID = "clientId";
    private static final String AUTHENTICATION = "authentication";
    private static final String AUTHORITIES = "caFile";
    private static final String ANCHOR_ATTRIBUTE = "anchorAttribute";
    private static final String MATCH = "match";
    private static final String USERS = "users";
    private static final String DELETIONS = "deletions";
    private static final String DELETE_AFTER = "deleteAfterDays";
    private static final String END_SESSIONS = "endSessions";
    private static final String RATE = "requestsPerSecond";
    private static final String TIMEOUT = "timeoutSeconds";

    public static final List<Parameter> PARAMETERS =
            List.of(
                    Parameter.required(
                            SERVER,
                            Type.TEXT,
                            "The base address of Keycloak: https://id.example.com, with its path if"
                                    + " it has one."),
                    Parameter.required(REALM, Type.TEXT, "The realm whose users are written."),
                    Parameter.required(
                            CLIENT_ID,
                            Type.TEXT,
                            "The client in that realm whose service account is used; it needs the"
                                    + " role manage-users of realm-management."),
                    Parameter.optional(
                                    AUTHENTICATION,
                                    Type.TEXT,
                                    "secret",
                                    "How the client signs in: secret, or private-key-jwt with a"
                                        + " PKCS#8 key (RSA or P-256); account:set takes either.")
                            .oneOf("secret", "private-key-jwt"),
                    Parameter.optional(
                            AUTHORITIES,
                            Type.PATH,
                            "",
                            "PEM file of the certificates to trust, instead of those of the Java"
                                    + " runtime."),
                    Parameter.optional(
                                    ANCHOR_ATTRIBUTE,
                                    Type.TEXT,
                                    "sourceAnchor",
                                    "The user attribute that holds the source anchor.")
                            .with(
                                    new AllowedValues.Form(
                                            "[A-Za-z][A-Za-z0-9._-]{0,63}",
                                            "use letters, digits, '.', '_' and '-', 64 at most")),
                    Parameter.optional(
                                    MATCH,
                                    Type.TEXT,
                                    "anchor",
                                    "How a user without an anchor is found and taken over: anchor"
                                            + " (never), username or email.")
                            .oneOf("anchor", "username", "email"),
                    Parameter.optional(
                                    USERS,
                                    Type.TEXT,
                                    "create",
                                    "What becomes of missing users: create, or match-only.")
                            .oneOf("create", "match-only"),
                    Parameter.optional(
                                    DELETIONS,
                                    Type.TEXT,
                                    "disable",
                                    "What becomes of a user deleted at the source: disable, or"
                                            + " delete.")
                            .oneOf("disable", "delete"),
                    Parameter.optional(
                                    DELETE_AFTER,
                                    Type.INTEGER,
                                    "0",
                                    "With deletions = disable: after how many days such a user is"
                                            + " deleted; 0 for never.")
                            .within(0, 3_650),
                    Parameter.optional(
                            END_SESSIONS,
                            Type.BOOLEAN,
                            "false",
                            "Whether a changed password ends the user's sessions."),
                    Parameter.optional(
                                    RATE,
                                    Type.INTEGER,
                                    "0",
                                    "The most requests a second; 0 for no limit.")
                            .within(0, 10_000),
                    Parameter.optional(
                                    TIMEOUT,
                                    Type.INTEGER,
                                    "30",
                                    "The longest wait for one answer, in seconds, 1 to 600.")
                            .within(1, 600));

    /** Reads a configuration that {@link #validate} found no fault in. */
    public static Settings of(ConnectorConfiguration configuration) {
        String server = text(configuration, SERVER);
        return new Settings(
                URI.create(server.replaceAll("/+$", "")),
                text(configuration, REALM),
                text(configuration, CLIENT_ID),
                text(configuration, AUTHENTICATION).equals(Authentication.SECRET.text)
                        ? Authentication.SECRET
                        : Authentication.PRIVATE_KEY_JWT,
                configuration.path(AUTHORITIES),
                text(configuration, ANCHOR_ATTRIBUTE),
                Match.valueOf(text(configuration, MATCH).toUpperCase(Locale.ROOT)),
                text(configuration, USERS).equals("create"),
                text(configuration, DELETIONS).equals("delete"),
                configuration.integer(DELETE_AFTER),
                configuration.flag(END_SESSIONS),
                configuration.integer(RATE),
                configuration.integer(TIMEOUT));
    }

    public static List<Finding> validate(ConnectorConfiguration configuration) {
        return server(text(configuration, SERVER)).stream().toList();
    }

    private static Optional<Finding> server(String text) {
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException e) {
            return Optional.of(notAnAddress(text));
        }
        if (uri.getHost() == null || uri.getQuery() != null || uri.getFragment() != null) {
            return Optional.of(notAnAddress(text));
        }
        if (uri.getUserInfo() != null) {
            return Optional.of(
                    Finding.error(
                            SERVER,
                            "the address holds a name or a password",
                            "take it out and use clientId and account:set"));
        }
        boolean safe =
                "https".equalsIgnoreCase(uri.getScheme())
                        || "http".equalsIgnoreCase(uri.getScheme()) && loopback(uri.getHost());
        return safe
                ? Optional.empty()
                : Optional.of(
                        Finding.error(
                                SERVER,
                                "'" + text + "' would send the client's secret unprotected",
                                "use https; http is for the loopback address only"));
    }

    private static Finding notAnAddress(String text) {
        return Finding.error(
                SERVER,
                "'" + text + "' is not a base address",
                "write it as https://id.example.com or https://example.com/auth");
    }

    /** Asks no name service: only 'localhost' and literal addresses can be loopback. */
    private static boolean loopback(String host) {
        if (host.equalsIgnoreCase("localhost")) {
            return true;
        }
        if (!host.matches("[0-9.]+|\\[[0-9A-Fa-f:.]+]")) {
            return false;
        }
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static String text(ConnectorConfiguration configuration, String parameter) {
        return configuration.text(parameter).orElse("").strip();
    }
}
