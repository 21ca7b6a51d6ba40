/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import io.passbridge.connector.AllowedValues;
import io.passbridge.connector.AttributeMapping;
import io.passbridge.connector.ConnectorConfiguration;
import io.passbridge.connector.ConnectorDescriptor.Parameter;
import io.passbridge.connector.ConnectorDescriptor.Type;
import io.passbridge.connector.ad.replication.AuthenticationChoice;
import io.passbridge.connector.ad.replication.DirectoryAttribute;
import io.passbridge.connector.ad.replication.ReplicationSettings;
import io.passbridge.health.Finding;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The configuration of one Active Directory instance, read and checked.
 *
 * @param domain its DNS name in lower case
 * @param mapperPort of the endpoint mapper
 */
record AdSettings(
        String instance,
        String domain,
        Discovery discovery,
        People people,
        SignIn signIn,
        Ldap ldap,
        int mapperPort,
        Times times) {
    /** Where the controllers are. */
    record Discovery(List<String> controllers, Optional<String> site, List<String> dnsServers) {}

    /** Who is read, and what of them. */
    record People(
            List<String> searchBases,
            Set<String> objectTypes,
            AttributeMapping mapping,
            boolean kerberosKeys) {}

    /** How the account signs in for replication. */
    record SignIn(AuthenticationChoice authentication, Optional<Path> keytab) {}

    /** How LDAP is spoken. */
    record Ldap(boolean startTls, int port, Optional<Path> caCertificates) {}

    /** When changes are looked for, and how long an answer may take. */
    record Times(
            boolean notifications,
            Duration pollInterval,
            Duration connectTimeout,
            Duration callTimeout) {}

    static final String USER = "user";
    static final String INET_ORG_PERSON = "inetOrgPerson";
    static final String COMPUTER = "computer";
    static final Set<String> OBJECT_TYPES = Set.of(USER, INET_ORG_PERSON, COMPUTER);

    private static final Map<String, AuthenticationChoice> AUTHENTICATIONS =
            Map.of(
                    "kerberos", AuthenticationChoice.KERBEROS,
                    "kerberos-or-ntlm", AuthenticationChoice.KERBEROS_OR_NTLM,
                    "ntlm", AuthenticationChoice.NTLM);
    private static final String DNS_SERVER = "(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9.-]+)(:\\d{1,5})?";
    private static final int LDAPS_PORT = 636;
    private static final int LDAP_PORT = 389;

    static final List<Parameter> PARAMETERS =
            List.of(
                    Parameter.required("domain", Type.TEXT, "DNS name of the domain."),
                    Parameter.optional(
                            "controllers",
                            Type.LIST,
                            "",
                            "Domain controllers in order of preference, each NAME or NAME@ADDRESS;"
                                    + " without any they are found through DNS."),
                    Parameter.optional(
                            "site", Type.TEXT, "", "Site whose controllers are preferred in DNS."),
                    Parameter.optional(
                                    "dnsServers",
                                    Type.LIST,
                                    "",
                                    "DNS servers that know the domain, each ADDRESS or"
                                        + " ADDRESS:PORT; those of the operating system if empty.")
                            .with(
                                    new AllowedValues.Form(
                                            DNS_SERVER,
                                            "give ADDRESS or ADDRESS:PORT, such as 10.0.0.5 or"
                                                    + " [fd00::5]:53")),
                    Parameter.optional(
                            "searchBases",
                            Type.TEXT,
                            "",
                            "Distinguished names of the organisational units in scope, separated"
                                    + " by semicolons; the whole domain if empty."),
                    Parameter.optional(
                                    "objectTypes",
                                    Type.LIST,
                                    USER,
                                    "Which objects: user, inetOrgPerson, computer.")
                            .oneOf(USER, INET_ORG_PERSON, COMPUTER),
                    AttributeMapping.parameter(),
                    Parameter.optional(
                                    "authentication",
                                    Type.TEXT,
                                    "kerberos-or-ntlm",
                                    "kerberos, kerberos-or-ntlm or ntlm.")
                            .oneOf("kerberos", "kerberos-or-ntlm", "ntlm"),
                    Parameter.optional(
                                    "keytab",
                                    Type.PATH,
                                    "",
                                    "Key table of the account, in place of its password for"
                                            + " replication.")
                            .readable(),
                    Parameter.optional(
                                    "ldapSecurity",
                                    Type.TEXT,
                                    "ldaps",
                                    "How LDAP is sealed: ldaps or starttls.")
                            .oneOf("ldaps", "starttls"),
                    Parameter.optional(
                                    "ldapPort",
                                    Type.INTEGER,
                                    "0",
                                    "0 for the usual port, 636 or 389.")
                            .within(0, 65_535),
                    Parameter.optional(
                                    "caCertificates",
                                    Type.PATH,
                                    "",
                                    "PEM file with the authorities that sign the controllers'"
                                            + " certificates; the JVM's own if empty.")
                            .readable(),
                    Parameter.optional(
                            "kerberosKeys",
                            Type.BOOLEAN,
                            "false",
                            "Whether to read the users' AES keys for Kerberos, too, for a target"
                                    + " that takes them."),
                    Parameter.optional(
                            "notifications",
                            Type.BOOLEAN,
                            "true",
                            "Whether to ask the controller to notify of changes."),
                    Parameter.optional(
                                    "pollSeconds",
                                    Type.INTEGER,
                                    "15",
                                    "How often to look for changes that nobody notified of.")
                            .within(1, Integer.MAX_VALUE),
                    Parameter.optional(
                                    "mapperPort",
                                    Type.INTEGER,
                                    "135",
                                    "Port of the endpoint mapper.")
                            .within(1, 65_535),
                    Parameter.optional(
                                    "connectSeconds",
                                    Type.INTEGER,
                                    "10",
                                    "Limit for making a connection.")
                            .within(1, Integer.MAX_VALUE),
                    Parameter.optional(
                                    "callSeconds", Type.INTEGER, "60", "Limit for one remote call.")
                            .within(1, Integer.MAX_VALUE));

    static AdSettings of(ConnectorConfiguration configuration) {
        boolean startTls = "starttls".equals(word(configuration, "ldapSecurity"));
        int port = configuration.integer("ldapPort");
        return new AdSettings(
                configuration.instance(),
                configuration.text("domain").orElseThrow().toLowerCase(Locale.ROOT),
                new Discovery(
                        configuration.list("controllers"),
                        configuration.text("site").filter(site -> !site.isBlank()),
                        configuration.list("dnsServers")),
                new People(
                        bases(configuration),
                        Set.copyOf(configuration.list("objectTypes")),
                        AttributeMapping.of(configuration),
                        configuration.flag("kerberosKeys")),
                new SignIn(
                        AUTHENTICATIONS.get(word(configuration, "authentication")),
                        configuration.path("keytab")),
                new Ldap(
                        startTls,
                        port != 0 ? port : startTls ? LDAP_PORT : LDAPS_PORT,
                        configuration.path("caCertificates")),
                configuration.integer("mapperPort"),
                new Times(
                        configuration.flag("notifications"),
                        Duration.ofSeconds(configuration.integer("pollSeconds")),
                        Duration.ofSeconds(configuration.integer("connectSeconds")),
                        Duration.ofSeconds(configuration.integer("callSeconds"))));
    }

    /**
     * All faults, each with its parameter as subject. Looks at files, at nothing on the network.
     */
    static List<Finding> faults(ConnectorConfiguration configuration) {
        List<Finding> faults = new ArrayList<>();
        faults.addAll(AttributeMapping.validate(configuration, AccountReading.FIELDS));
        if (configuration.path("keytab").isPresent()
                && !"kerberos".equals(word(configuration, "authentication"))) {
            faults.add(
                    Finding.error(
                            "keytab",
                            "a key table works with Kerberos only",
                            "set authentication = kerberos"));
        }
        return faults;
    }

    private static String word(ConnectorConfiguration configuration, String name) {
        return configuration.text(name).orElse("").toLowerCase(Locale.ROOT);
    }

    /** Distinguished names hold commas, so several are separated by semicolons. */
    private static List<String> bases(ConnectorConfiguration configuration) {
        return List.of(configuration.text("searchBases").orElse("").split(";")).stream()
                .map(String::trim)
                .filter(base -> !base.isEmpty())
                .toList();
    }

    ReplicationSettings replication() {
        ReplicationSettings settings =
                ReplicationSettings.DEFAULTS
                        .withAuthentication(signIn.authentication())
                        .withTimeouts(times.connectTimeout(), times.callTimeout());
        return people.kerberosKeys()
                ? settings.withAttributes(EnumSet.allOf(DirectoryAttribute.class))
                : settings;
    }

    /** The distinguished name of the domain's naming context. */
    String namingContext() {
        return "DC=" + domain.replace(".", ",DC=");
    }
}
