/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.settings;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import io.passbridge.connector.ConnectorConfiguration;
import io.passbridge.connector.ConnectorDescriptor.Parameter;
import io.passbridge.connector.ConnectorDescriptor.Type;
import io.passbridge.connector.ldap.settings.Reach.Authentication;
import io.passbridge.connector.ldap.settings.Reach.StartTls;
import io.passbridge.health.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** What sources and targets are configured with alike: servers, account, and where users stand. */
final class CommonParameters {
    static final String SERVERS = "servers";
    static final String START_TLS = "startTls";
    static final String AUTHORITIES = "caFile";
    static final String AUTHENTICATION = "authentication";
    static final String CLIENT_CERTIFICATE = "clientCertificate";
    static final String REFERRALS = "followReferrals";
    static final String BASES = "baseDns";
    static final String FILTER = "filter";
    static final String OBJECT_CLASSES = "objectClasses";
    static final String CONNECT = "connectSeconds";
    static final String ANSWER = "answerSeconds";

    private static final List<Parameter> FIRST =
            List.of(
                    Parameter.required(
                            SERVERS,
                            Type.LIST,
                            "The servers in order of preference: ldaps://HOST or ldap://HOST, with"
                                    + " :PORT where it is not the usual one."),
                    Parameter.optional(
                            START_TLS,
                            Type.TEXT,
                            "auto",
                            "When ldap:// is sealed: auto (always but to this machine itself),"
                                    + " always, or never."),
                    Parameter.optional(
                            AUTHORITIES,
                            Type.PATH,
                            "",
                            "PEM file of the certificates to trust, instead of those of the Java"
                                    + " runtime."),
                    Parameter.optional(
                            AUTHENTICATION,
                            Type.TEXT,
                            "simple",
                            "How the account signs in: simple, with its distinguished name and"
                                    + " password; or external, with a certificate whose PKCS#8 key"
                                    + " account:set takes."),
                    Parameter.optional(
                            CLIENT_CERTIFICATE,
                            Type.PATH,
                            "",
                            "PEM file of the account's certificate and its chain, for"
                                    + " authentication = external."),
                    Parameter.optional(
                            REFERRALS,
                            Type.BOOLEAN,
                            "false",
                            "Whether to follow a server that names another one."),
                    Parameter.required(
                            BASES,
                            Type.TEXT,
                            "Distinguished names that users stand at or below, separated by"
                                    + " semicolons."),
                    Parameter.optional(
                            FILTER, Type.TEXT, "", "An LDAP filter that users match, too."),
                    Parameter.optional(
                            OBJECT_CLASSES,
                            Type.LIST,
                            "person,inetOrgPerson,posixAccount",
                            "Users have one of these object classes."));

    private static final List<Parameter> LAST =
            List.of(
                    Parameter.optional(
                            CONNECT, Type.INTEGER, "10", "Limit for making a connection."),
                    Parameter.optional(
                            ANSWER, Type.INTEGER, "60", "Limit for the next part of an answer."));

    private CommonParameters() {}

    /** These parameters around those of a role. */
    static List<Parameter> with(List<Parameter> own) {
        return Stream.of(FIRST, own, LAST).flatMap(List::stream).toList();
    }

    static List<Finding> faults(ConnectorConfiguration configuration) {
        List<Finding> faults = new ArrayList<>();
        servers(configuration, faults);
        Checks.oneOf(configuration, START_TLS, Set.of("auto", "always", "never"), faults);
        Checks.oneOf(configuration, AUTHENTICATION, Set.of("simple", "external"), faults);
        bases(configuration, faults);
        filter(configuration, faults);
        for (String name : configuration.list(OBJECT_CLASSES)) {
            Checks.attribute(OBJECT_CLASSES, name, faults);
        }
        if (configuration.list(OBJECT_CLASSES).isEmpty()) {
            faults.add(Finding.error(OBJECT_CLASSES, "names none", "give person"));
        }
        Checks.within(configuration, CONNECT, 1, Checks.LONGEST_WAIT, faults);
        Checks.within(configuration, ANSWER, 1, Checks.LONGEST_WAIT, faults);
        external(configuration, faults);
        Checks.readable(configuration, AUTHORITIES, faults);
        Checks.readable(configuration, CLIENT_CERTIFICATE, faults);
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
                                "give ldaps://HOST or ldap://HOST, with :PORT if need be"));
            }
        }
    }

    private static void bases(ConnectorConfiguration configuration, List<Finding> faults) {
        if (names(configuration, BASES).isEmpty()) {
            faults.add(Finding.error(BASES, "names nothing", "give ou=people,dc=example,dc=org"));
        }
        names(configuration, BASES, faults);
    }

    static void names(
            ConnectorConfiguration configuration, String parameter, List<Finding> faults) {
        for (String name : names(configuration, parameter)) {
            if (!DN.isValidDN(name)) {
                faults.add(
                        Finding.error(
                                parameter,
                                "'" + name + "' is no distinguished name",
                                "give ou=people,dc=example,dc=org; separate several by"
                                        + " semicolons"));
            }
        }
    }

    private static void filter(ConnectorConfiguration configuration, List<Finding> faults) {
        String filter = text(configuration, FILTER);
        try {
            if (!filter.isEmpty()) {
                Filter.create(filter);
            }
        } catch (LDAPException e) {
            faults.add(
                    Finding.error(
                            FILTER,
                            "'" + filter + "' is no filter: " + e.getMessage(),
                            "write it as in (employeeType=staff)"));
        }
    }

    private static void external(ConnectorConfiguration configuration, List<Finding> faults) {
        boolean external = "external".equalsIgnoreCase(text(configuration, AUTHENTICATION));
        if (external && configuration.path(CLIENT_CERTIFICATE).isEmpty()) {
            faults.add(
                    Finding.error(
                            CLIENT_CERTIFICATE,
                            "is missing, and authentication is external",
                            "name the PEM file of the account's certificate"));
        }
    }

    static Reach reach(ConnectorConfiguration configuration) {
        return new Reach(
                configuration.list(SERVERS).stream().map(ServerAddress::parse).toList(),
                StartTls.valueOf(word(configuration, START_TLS)),
                configuration.path(AUTHORITIES),
                Authentication.valueOf(word(configuration, AUTHENTICATION)),
                configuration.path(CLIENT_CERTIFICATE),
                configuration.flag(REFERRALS),
                seconds(configuration, CONNECT),
                seconds(configuration, ANSWER));
    }

    /**
     * @param groups distinguished names, may be empty
     */
    static Scope scope(ConnectorConfiguration configuration, List<String> groups) {
        return new Scope(names(configuration, BASES), filterOf(configuration), groups);
    }

    /** Distinguished names hold commas, so several are separated by semicolons. */
    static List<String> names(ConnectorConfiguration configuration, String parameter) {
        return Arrays.stream(text(configuration, parameter).split(";"))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private static Filter filterOf(ConnectorConfiguration configuration) {
        List<Filter> classes =
                configuration.list(OBJECT_CLASSES).stream()
                        .map(name -> Filter.createEqualityFilter("objectClass", name))
                        .toList();
        List<Filter> parts = new ArrayList<>();
        parts.add(classes.size() == 1 ? classes.get(0) : Filter.createORFilter(classes));
        String further = text(configuration, FILTER);
        if (!further.isBlank()) {
            try {
                parts.add(Filter.create(further));
            } catch (LDAPException e) {
                throw new IllegalArgumentException(e.getMessage());
            }
        }
        return parts.size() == 1 ? parts.get(0) : Filter.createANDFilter(parts);
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
