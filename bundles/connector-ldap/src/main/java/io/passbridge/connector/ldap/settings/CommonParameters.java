/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.settings;

import io.passbridge.connector.ConnectorConfiguration;
import io.passbridge.connector.ConnectorDescriptor.Parameter;
import io.passbridge.connector.ConnectorDescriptor.Type;
import io.passbridge.connector.ldap.settings.Reach.Authentication;
import io.passbridge.connector.ldap.settings.Reach.StartTls;
import io.passbridge.health.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What sources and targets are configured with alike: servers, account, and where users stand. */
final class CommonParameters {
    static final int LONGEST_WAIT = 3600;

    static final String SERVERS = "servers";
    static final String START_TLS = "startTls";
    static final String AUTHORITIES = "caFile";
    static final String AUTHENTICATION = "authentication";
    static final String KEYTAB = "keytab";
    static final String PRINCIPAL = "principal";
    static final String CLIENT_CERTIFICATE = "clientCertificate";
    static final String REFERRALS = "followReferrals";
    static final String CONNECT = "connectSeconds";
    static final String ANSWER = "answerSeconds";

    private static final List<Parameter> FIRST =
            List.of(
                    Parameter.required(
                            SERVERS,
                            Type.LIST,
                            "The servers in order of preference: ldaps://HOST or ldap://HOST, with"
                                    + " :PORT where it is not the usual one; or ldapi://PATH, a"
                                    + " Unix-domain socket."),
                    Parameter.optional(
                                    START_TLS,
                                    Type.TEXT,
                                    "auto",
                                    "When ldap:// is sealed: auto (always but to this machine"
                                            + " itself), always, or never.")
                            .oneOf("auto", "always", "never"),
                    Parameter.optional(
                                    AUTHORITIES,
                                    Type.PATH,
                                    "",
                                    "PEM file of the certificates to trust, instead of those of the"
                                            + " Java runtime.")
                            .readable(),
                    Parameter.optional(
                                    AUTHENTICATION,
                                    Type.TEXT,
                                    "simple",
                                    "How the account signs in: simple, with its distinguished name"
                                        + " and password; kerberos, with user@REALM and password or"
                                        + " keytab; or external, with a certificate whose PKCS#8"
                                        + " key account:set takes, or over ldapi as the account"
                                        + " that the platform runs as.")
                            .oneOf("simple", "kerberos", "external"),
                    Parameter.optional(
                                    KEYTAB,
                                    Type.PATH,
                                    "",
                                    "Key table of the account, in place of its password, for"
                                            + " authentication = kerberos.")
                            .readable(),
                    Parameter.optional(
                            PRINCIPAL,
                            Type.TEXT,
                            "",
                            "The account's name, user@REALM, that goes with keytab."),
                    Parameter.optional(
                                    CLIENT_CERTIFICATE,
                                    Type.PATH,
                                    "",
                                    "PEM file of the account's certificate and its chain, for"
                                            + " authentication = external.")
                            .readable(),
                    Parameter.optional(
                            REFERRALS,
                            Type.BOOLEAN,
                            "false",
                            "Whether to follow a server that names another one."));

    private static final List<Parameter> LAST =
            List.of(
                    Parameter.optional(
                                    CONNECT, Type.INTEGER, "10", "Limit for making a connection.")
                            .within(1, LONGEST_WAIT),
                    Parameter.optional(
                                    ANSWER,
                                    Type.INTEGER,
                                    "60",
                                    "Limit for the next part of an answer.")
                            .within(1, LONGEST_WAIT));

    private CommonParameters() {}

    /** These parameters around those of a role. */
    static List<Parameter> with(List<Parameter> own) {
        return Stream.of(FIRST, ScopeParameters.ALL, own, LAST).flatMap(List::stream).toList();
    }

    static List<Finding> faults(ConnectorConfiguration configuration) {
        List<Finding> faults = new ArrayList<>();
        servers(configuration, faults);
        faults.addAll(ScopeParameters.faults(configuration));
        if (faults.isEmpty()) {
            signIn(configuration, faults);
        }
        return faults;
    }

    private static void servers(ConnectorConfiguration configuration, List<Finding> faults) {
        List<String> servers = configuration.list(SERVERS);
        if (servers.isEmpty()) {
            faults.add(Finding.error(SERVERS, "names no server", "give ldaps://HOST"));
        }
        for (String server : servers) {
            try {
                ServerAddress.parse(server);
            } catch (IllegalArgumentException e) {
                faults.add(
                        Finding.error(
                                SERVERS,
                                "'" + server + "' is no address of an LDAP server",
                                "give ldaps://HOST or ldap://HOST, with :PORT if need be, or"
                                        + " ldapi://PATH"));
            }
        }
    }

    /** Whether the parts of a sign-in go together. */
    private static void signIn(ConnectorConfiguration configuration, List<Finding> faults) {
        Reach reach = reach(configuration);
        boolean certificate =
                reach.authentication() == Authentication.EXTERNAL && reach.needsSecret();
        if (certificate && reach.clientCertificate().isEmpty()) {
            faults.add(
                    Finding.error(
                            CLIENT_CERTIFICATE,
                            "is missing, and authentication is external",
                            "name the PEM file of the account's certificate"));
        }
        boolean kerberos = reach.authentication() == Authentication.KERBEROS;
        if (reach.keytab().isPresent() && !kerberos) {
            faults.add(
                    Finding.error(
                            KEYTAB,
                            "a key table works with Kerberos only",
                            "set authentication = kerberos"));
        }
        if (reach.keytab().isPresent() == reach.principal().isEmpty()) {
            faults.add(
                    Finding.error(
                            PRINCIPAL,
                            "keytab and principal go together",
                            "name the account as user@REALM, or leave both out and use"
                                    + " account:set"));
        }
        if (kerberos && reach.servers().stream().anyMatch(ServerAddress::ldapi)) {
            faults.add(
                    Finding.error(
                            SERVERS,
                            "Kerberos needs the server's name, which ldapi:// has not",
                            "set authentication = external, or use ldap://HOST"));
        }
        if (kerberos && reach.followReferrals()) {
            faults.add(
                    Finding.error(
                            REFERRALS,
                            "referrals are not followed with Kerberos",
                            "name the other servers in servers"));
        }
    }

    static Reach reach(ConnectorConfiguration configuration) {
        return new Reach(
                configuration.list(SERVERS).stream().map(ServerAddress::parse).toList(),
                StartTls.valueOf(word(configuration, START_TLS)),
                configuration.path(AUTHORITIES),
                Authentication.valueOf(word(configuration, AUTHENTICATION)),
                configuration.path(KEYTAB),
                text(configuration, PRINCIPAL),
                configuration.path(CLIENT_CERTIFICATE),
                configuration.flag(REFERRALS),
                seconds(configuration, CONNECT),
                seconds(configuration, ANSWER));
    }

    static String text(ConnectorConfiguration configuration, String parameter) {
        return configuration.text(parameter).orElse("").strip();
    }

    static String word(ConnectorConfiguration configuration, String parameter) {
        return text(configuration, parameter).toUpperCase(Locale.ROOT);
    }

    static Duration seconds(ConnectorConfiguration configuration, String parameter) {
        return Duration.ofSeconds(configuration.integer(parameter));
    }
}
