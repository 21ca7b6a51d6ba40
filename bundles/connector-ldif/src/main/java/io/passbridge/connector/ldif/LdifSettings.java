/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif;

import io.passbridge.connector.ConnectorConfiguration;
import io.passbridge.connector.ConnectorDescriptor.Parameter;
import io.passbridge.connector.ConnectorDescriptor.Type;
import io.passbridge.health.Finding;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The configuration of one instance.
 *
 * @param file the file that is read
 * @param anchorAttributes where to look for the anchor, in this order
 * @param loginAttributes where to look for the login name, in this order
 * @param base normalized name that users stand below, or empty
 * @param settle how long the file must have been unchanged before it is read
 * @param maxRecordBytes the longest record that is looked at
 */
record LdifSettings(
        Path file,
        List<String> anchorAttributes,
        List<String> loginAttributes,
        String base,
        Duration settle,
        int maxRecordBytes) {
    private static final String PATH = "path";
    private static final String ANCHORS = "anchorAttributes";
    private static final String LOGINS = "loginAttributes";
    private static final String BASE = "base";
    private static final String SETTLE = "settleMillis";
    private static final String MAX_RECORD = "maxRecordKiB";

    static final List<Parameter> PARAMETERS =
            List.of(
                    Parameter.required(
                            PATH,
                            Type.PATH,
                            "The file to read: LDIF as slapcat, ldapsearch and ldbsearch write it,"
                                    + " or smbpasswd lines as 'pdbedit -Lw' writes them."),
                    Parameter.optional(
                            ANCHORS,
                            Type.LIST,
                            "entryUUID,objectGUID,nsUniqueId,ipaUniqueID",
                            "Attributes that identify a user for ever; the first one that a user"
                                    + " has counts."),
                    Parameter.optional(
                            LOGINS,
                            Type.LIST,
                            "sAMAccountName,uid",
                            "Attributes that hold the login name; the first one that a user has"
                                    + " counts."),
                    Parameter.optional(
                            BASE,
                            Type.TEXT,
                            "",
                            "Only users at or below this distinguished name are in scope; empty"
                                    + " means all."),
                    Parameter.optional(
                            SETTLE,
                            Type.INTEGER,
                            "2000",
                            "How long the file must have been unchanged before it is read, so that"
                                    + " no half-written file is."),
                    Parameter.optional(
                            MAX_RECORD,
                            Type.INTEGER,
                            "4096",
                            "Longer records, such as groups with very many members, are skipped and"
                                    + " reported."));

    LdifSettings {
        anchorAttributes = List.copyOf(anchorAttributes);
        loginAttributes = List.copyOf(loginAttributes);
    }

    static LdifSettings of(ConnectorConfiguration configuration) {
        return new LdifSettings(
                configuration.path(PATH).orElseThrow(),
                configuration.list(ANCHORS),
                configuration.list(LOGINS),
                DistinguishedName.normalized(configuration.text(BASE).orElse("")),
                Duration.ofMillis(configuration.integer(SETTLE)),
                configuration.integer(MAX_RECORD) * 1024);
    }

    static List<Finding> validate(ConnectorConfiguration configuration) {
        List<Finding> faults = new ArrayList<>();
        range(faults, configuration, SETTLE, 0, 600_000);
        range(faults, configuration, MAX_RECORD, 1, 65_536);
        attributes(faults, configuration, ANCHORS);
        attributes(faults, configuration, LOGINS);
        return faults;
    }

    private static void range(
            List<Finding> faults,
            ConnectorConfiguration configuration,
            String parameter,
            int least,
            int most) {
        int value = configuration.integer(parameter);
        if (value < least || value > most) {
            faults.add(
                    Finding.error(
                            parameter,
                            "is " + value,
                            "Choose a value from " + least + " to " + most + "."));
        }
    }

    private static void attributes(
            List<Finding> faults, ConnectorConfiguration configuration, String parameter) {
        List<String> names = configuration.list(parameter);
        boolean good =
                !names.isEmpty()
                        && names.size() <= 20
                        && names.stream()
                                .allMatch(name -> name.matches("[A-Za-z][A-Za-z0-9.-]{0,99}"));
        if (!good) {
            faults.add(
                    Finding.error(
                            parameter,
                            "is '" + String.join(",", names) + "'",
                            "Name 1 to 20 LDAP attributes, separated by commas."));
        }
    }

    /**
     * What decides which users a file gives, in 16 hexadecimal digits: what was read under other
     * settings has to be read again.
     */
    String reading() {
        String text = String.join("|", anchorAttributes) + "||" + String.join("|", loginAttributes);
        return "%016x".formatted(TextSet.hash(text + "||" + base + "||" + maxRecordBytes));
    }
}
