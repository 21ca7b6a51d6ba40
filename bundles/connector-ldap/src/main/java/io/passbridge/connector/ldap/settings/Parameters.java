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
import io.passbridge.health.Finding;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What an instance can be configured with, and what is wrong with a configuration. */
public final class Parameters {
    static final String SERVERS = "servers";
    static final String START_TLS = "startTls";
    static final String AUTHORITIES = "caFile";
    static final String AUTHENTICATION = "authentication";
    static final String CLIENT_CERTIFICATE = "clientCertificate";
    static final String REFERRALS = "followReferrals";
    static final String BASES = "baseDns";
    static final String FILTER = "filter";
    static final String OBJECT_CLASSES = "objectClasses";
    static final String ANCHOR = "anchorAttribute";
    static final String LOGIN = "loginAttribute";
    static final String ALIASES = "aliasAttributes";
    static final String MAIL = "mailAttribute";
    static final String GIVEN_NAME = "givenNameAttribute";
    static final String FAMILY_NAME = "familyNameAttribute";
    static final String DISPLAY_NAMES = "displayNameAttributes";
    static final String SCHEMES = "preferredSchemes";
    static final String STRATEGY = "strategy";
    static final String POLL = "pollSeconds";
    static final String LIST = "listSeconds";
    static final String OVERLAP = "overlapSeconds";
    static final String PAGE = "pageSize";
    static final String CONNECT = "connectSeconds";
    static final String ANSWER = "answerSeconds";

    private static final String ATTRIBUTE_FORM = "[A-Za-z][A-Za-z0-9.-]{0,99}";
    private static final int LONGEST_WAIT = 3600;

    public static final List<Parameter> ALL =
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
                            "Users have one of these object classes."),
                    Parameter.optional(
                            ANCHOR,
                            Type.TEXT,
                            Mapping.AUTO,
                            "The attribute that identifies a user for ever: auto, entryUUID or"
                                    + " nsUniqueId."),
                    Parameter.optional(LOGIN, Type.TEXT, "uid", "The attribute of the login name."),
                    Parameter.optional(
                            ALIASES,
                            Type.LIST,
                            "mail",
                            "Attributes of further names to sign in with."),
                    Parameter.optional(MAIL, Type.TEXT, "mail", "The attribute of the address."),
                    Parameter.optional(
                            GIVEN_NAME, Type.TEXT, "givenName", "The attribute of the given name."),
                    Parameter.optional(
                            FAMILY_NAME, Type.TEXT, "sn", "The attribute of the family name."),
                    Parameter.optional(
                            DISPLAY_NAMES,
                            Type.LIST,
                            "displayName,cn",
                            "Attributes of the name to show; the first one that a user has"
                                    + " counts."),
                    Parameter.optional(
                            SCHEMES,
                            Type.LIST,
                            "",
                            "Schemes that are taken before others where a user has several"
                                    + " passwords: {SCHEME}s without braces, or kinds; the"
                                    + " strongest first if empty."),
                    Parameter.optional(
                            STRATEGY,
                            Type.TEXT,
                            "auto",
                            "How changes are found: auto (the best that the server offers),"
                                    + " content-sync or modify-timestamp."),
                    Parameter.optional(
                            POLL,
                            Type.INTEGER,
                            "15",
                            "How often to look for changes that nobody tells of."),
                    Parameter.optional(
                            LIST,
                            Type.INTEGER,
                            "300",
                            "With modify-timestamp, how often everybody is listed to notice who"
                                    + " is gone."),
                    Parameter.optional(
                            OVERLAP,
                            Type.INTEGER,
                            "60",
                            "With modify-timestamp, how far back each look reaches again, for"
                                    + " servers whose clocks differ."),
                    Parameter.optional(
                            PAGE, Type.INTEGER, "500", "How many entries are asked for at once."),
                    Parameter.optional(
                            CONNECT, Type.INTEGER, "10", "Limit for making a connection."),
                    Parameter.optional(
                            ANSWER, Type.INTEGER, "60", "Limit for the next part of an answer."));

    private Parameters() {}

    /**
     * All faults, each with its parameter as subject. Looks at files, at nothing on the network.
     */
    public static List<Finding> faults(ConnectorConfiguration configuration) {
        List<Finding> faults = new ArrayList<>();
        servers(configuration, faults);
        oneOf(configuration, START_TLS, Set.of("auto", "always", "never"), faults);
        oneOf(configuration, AUTHENTICATION, Set.of("simple", "external"), faults);
        oneOf(configuration, ANCHOR, Set.of("auto", "entryuuid", "nsuniqueid"), faults);
        oneOf(configuration, STRATEGY, Set.of("auto", "content-sync", "modify-timestamp"), faults);
        bases(configuration, faults);
        filter(configuration, faults);
        attributes(configuration, faults);
        within(configuration, POLL, 1, LONGEST_WAIT, faults);
        within(configuration, LIST, 0, 24 * LONGEST_WAIT, faults);
        within(configuration, OVERLAP, 0, LONGEST_WAIT, faults);
        within(configuration, PAGE, 1, 10_000, faults);
        within(configuration, CONNECT, 1, LONGEST_WAIT, faults);
        within(configuration, ANSWER, 1, LONGEST_WAIT, faults);
        external(configuration, faults);
        readable(configuration, AUTHORITIES, faults);
        readable(configuration, CLIENT_CERTIFICATE, faults);
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

    private static void oneOf(
            ConnectorConfiguration configuration,
            String parameter,
            Set<String> allowed,
            List<Finding> faults) {
        String value = LdapSettings.text(configuration, parameter);
        if (!allowed.contains(value.toLowerCase(Locale.ROOT))) {
            faults.add(
                    Finding.error(
                            parameter,
                            "'" + value + "' is not known",
                            "use one of " + String.join(", ", allowed.stream().sorted().toList())));
        }
    }

    private static void bases(ConnectorConfiguration configuration, List<Finding> faults) {
        List<String> bases = LdapSettings.bases(configuration);
        if (bases.isEmpty()) {
            faults.add(Finding.error(BASES, "names nothing", "give ou=people,dc=example,dc=org"));
        }
        for (String base : bases) {
            if (!DN.isValidDN(base)) {
                faults.add(
                        Finding.error(
                                BASES,
                                "'" + base + "' is no distinguished name",
                                "give ou=people,dc=example,dc=org; separate several by"
                                        + " semicolons"));
            }
        }
    }

    private static void filter(ConnectorConfiguration configuration, List<Finding> faults) {
        String filter = LdapSettings.text(configuration, FILTER);
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

    private static void attributes(ConnectorConfiguration configuration, List<Finding> faults) {
        for (String one : List.of(LOGIN, MAIL, GIVEN_NAME, FAMILY_NAME)) {
            attribute(one, LdapSettings.text(configuration, one), faults);
        }
        for (String several : List.of(ALIASES, DISPLAY_NAMES, OBJECT_CLASSES)) {
            for (String name : configuration.list(several)) {
                attribute(several, name, faults);
            }
        }
        if (configuration.list(OBJECT_CLASSES).isEmpty()) {
            faults.add(Finding.error(OBJECT_CLASSES, "names none", "give person"));
        }
    }

    private static void attribute(String parameter, String name, List<Finding> faults) {
        if (!name.matches(ATTRIBUTE_FORM)) {
            faults.add(
                    Finding.error(
                            parameter,
                            "'" + name + "' is no name of the directory's schema",
                            "give a plain name such as uid"));
        }
    }

    private static void within(
            ConnectorConfiguration configuration,
            String parameter,
            int least,
            int most,
            List<Finding> faults) {
        int value = configuration.integer(parameter);
        if (value < least || value > most) {
            faults.add(
                    Finding.error(
                            parameter,
                            "is " + value,
                            "choose a value from " + least + " to " + most));
        }
    }

    private static void external(ConnectorConfiguration configuration, List<Finding> faults) {
        boolean external =
                "external".equalsIgnoreCase(LdapSettings.text(configuration, AUTHENTICATION));
        if (external && configuration.path(CLIENT_CERTIFICATE).isEmpty()) {
            faults.add(
                    Finding.error(
                            CLIENT_CERTIFICATE,
                            "is missing, and authentication is external",
                            "name the PEM file of the account's certificate"));
        }
    }

    private static void readable(
            ConnectorConfiguration configuration, String parameter, List<Finding> faults) {
        configuration
                .path(parameter)
                .filter(path -> !Files.isReadable(path))
                .ifPresent(
                        path ->
                                faults.add(
                                        Finding.error(
                                                parameter,
                                                path + " cannot be read",
                                                "name a file that the platform may read")));
    }
}
