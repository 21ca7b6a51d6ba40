/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import io.passbridge.connector.ConnectorConfiguration;
import io.passbridge.connector.ConnectorDescriptor.Parameter;
import io.passbridge.connector.ConnectorDescriptor.Type;
import io.passbridge.connector.ad.replication.AuthenticationChoice;
import io.passbridge.connector.ad.replication.ReplicationSettings;
import io.passbridge.health.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The configuration of one Active Directory instance, read and checked. */
record AdSettings(
        String instance,
        String domain,
        List<String> controllers,
        Optional<String> site,
        List<String> dnsServers,
        List<String> searchBases,
        Set<String> objectTypes,
        AuthenticationChoice authentication,
        Optional<Path> keytab,
        boolean startTls,
        int ldapPort,
        Optional<Path> caCertificates,
        boolean notifications,
        Duration pollInterval,
        int mapperPort,
        Duration connectTimeout,
        Duration callTimeout) {
    static final String USER = "user";
    static final String INET_ORG_PERSON = "inetOrgPerson";
    static final String COMPUTER = "computer";
    static final Set<String> OBJECT_TYPES = Set.of(USER, INET_ORG_PERSON, COMPUTER);

    private static final Map<String, AuthenticationChoice> AUTHENTICATIONS =
            Map.of(
                    "kerberos", AuthenticationChoice.KERBEROS,
                    "kerberos-or-ntlm", AuthenticationChoice.KERBEROS_OR_NTLM,
                    "ntlm", AuthenticationChoice.NTLM);
    private static final Pattern DNS_SERVER =
            Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9.-]+)(:\\d{1,5})?");
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
                            "DNS servers that know the domain, each ADDRESS or ADDRESS:PORT; those"
                                    + " of the operating system if empty."),
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
                            "Which objects: user, inetOrgPerson, computer."),
                    Parameter.optional(
                            "authentication",
                            Type.TEXT,
                            "kerberos-or-ntlm",
                            "kerberos, kerberos-or-ntlm or ntlm."),
                    Parameter.optional(
                            "keytab",
                            Type.PATH,
                            "",
                            "Key table of the account, in place of its password for replication."),
                    Parameter.optional(
                            "ldapSecurity",
                            Type.TEXT,
                            "ldaps",
                            "How LDAP is sealed: ldaps or starttls."),
                    Parameter.optional(
                            "ldapPort", Type.INTEGER, "0", "0 for the usual port, 636 or 389."),
                    Parameter.optional(
                            "caCertificates",
                            Type.PATH,
                            "",
                            "PEM file with the authorities that sign the controllers' certificates;"
                                    + " the JVM's own if empty."),
                    Parameter.optional(
                            "notifications",
                            Type.BOOLEAN,
                            "true",
                            "Whether to ask the controller to notify of changes."),
                    Parameter.optional(
                            "pollSeconds",
                            Type.INTEGER,
                            "15",
                            "How often to look for changes that nobody notified of."),
                    Parameter.optional(
                            "mapperPort", Type.INTEGER, "135", "Port of the endpoint mapper."),
                    Parameter.optional(
                            "connectSeconds", Type.INTEGER, "10", "Limit for making a connection."),
                    Parameter.optional(
                            "callSeconds", Type.INTEGER, "60", "Limit for one remote call."));

    static AdSettings of(ConnectorConfiguration configuration) {
        boolean startTls = "starttls".equals(word(configuration, "ldapSecurity"));
        int port = configuration.integer("ldapPort");
        return new AdSettings(
                configuration.instance(),
                configuration.text("domain").orElseThrow().toLowerCase(Locale.ROOT),
                configuration.list("controllers"),
                configuration.text("site").filter(site -> !site.isBlank()),
                configuration.list("dnsServers"),
                bases(configuration),
                Set.copyOf(configuration.list("objectTypes")),
                AUTHENTICATIONS.get(word(configuration, "authentication")),
                configuration.path("keytab"),
                startTls,
                port != 0 ? port : startTls ? LDAP_PORT : LDAPS_PORT,
                configuration.path("caCertificates"),
                configuration.flag("notifications"),
                Duration.ofSeconds(configuration.integer("pollSeconds")),
                configuration.integer("mapperPort"),
                Duration.ofSeconds(configuration.integer("connectSeconds")),
                Duration.ofSeconds(configuration.integer("callSeconds")));
    }

    /**
     * All faults, each with its parameter as subject. Looks at files, at nothing on the network.
     */
    static List<Finding> faults(ConnectorConfiguration configuration) {
        List<Finding> faults = new ArrayList<>();
        oneOf(faults, configuration, "authentication", AUTHENTICATIONS.keySet());
        oneOf(faults, configuration, "ldapSecurity", Set.of("ldaps", "starttls"));
        for (String type : configuration.list("objectTypes")) {
            if (!OBJECT_TYPES.contains(type)) {
                faults.add(
                        Finding.error(
                                "objectTypes",
                                "'" + type + "' is not known",
                                "use one or more of " + OBJECT_TYPES));
            }
        }
        for (String server : configuration.list("dnsServers")) {
            if (!DNS_SERVER.matcher(server).matches()) {
                faults.add(
                        Finding.error(
                                "dnsServers",
                                "'" + server + "' is no address of a DNS server",
                                "give ADDRESS or ADDRESS:PORT, such as 10.0.0.5 or [fd00::5]:53"));
            }
        }
        for (String positive :
                List.of("pollSeconds", "connectSeconds", "callSeconds", "mapperPort")) {
            if (configuration.integer(positive) < 1) {
                faults.add(
                        Finding.error(
                                positive,
                                configuration.integer(positive) + " is too small",
                                "give 1 or more"));
            }
        }
        for (String file : List.of("keytab", "caCertificates")) {
            configuration
                    .path(file)
                    .filter(path -> !Files.isReadable(path))
                    .ifPresent(
                            path ->
                                    faults.add(
                                            Finding.error(
                                                    file,
                                                    path + " cannot be read",
                                                    "name a file that the platform may read")));
        }
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

    private static void oneOf(
            List<Finding> faults,
            ConnectorConfiguration configuration,
            String name,
            Set<String> allowed) {
        String value = word(configuration, name);
        if (!allowed.contains(value)) {
            faults.add(
                    Finding.error(name, "'" + value + "' is not known", "use one of " + allowed));
        }
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
        return ReplicationSettings.DEFAULTS
                .withAuthentication(authentication)
                .withTimeouts(connectTimeout, callTimeout);
    }

    /** The distinguished name of the domain's naming context. */
    String namingContext() {
        return "DC=" + domain.replace(".", ",DC=");
    }
}
