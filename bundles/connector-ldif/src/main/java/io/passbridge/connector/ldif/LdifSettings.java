/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif;

import io.passbridge.connector.AllowedValues;
import io.passbridge.connector.AttributeMapping;
import io.passbridge.connector.ConnectorConfiguration;
import io.passbridge.connector.ConnectorDescriptor.Parameter;
import io.passbridge.connector.ConnectorDescriptor.Type;
import io.passbridge.connector.ldif.following.TextSet;
import io.passbridge.connector.ldif.record.DistinguishedName;
import io.passbridge.connector.ldif.user.UserAttributes;
import io.passbridge.health.Finding;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The configuration of one instance.
 *
 * @param file the file that is read
 * @param users what tells who is a user
 * @param settle how long the file must have been unchanged before it is read
 * @param maxRecordBytes the longest record that is looked at
 */
public record LdifSettings(Path file, UserAttributes users, Duration settle, int maxRecordBytes) {
    private static final int MOST_NAMES = 20;
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
                                    "Attributes that identify a user for ever; the first one that a"
                                            + " user has counts.")
                            .with(AllowedValues.Form.ATTRIBUTE),
                    Parameter.optional(
                                    LOGINS,
                                    Type.LIST,
                                    "sAMAccountName,uid",
                                    "Attributes that hold the login name; the first one that a user"
                                            + " has counts.")
                            .with(AllowedValues.Form.ATTRIBUTE),
                    AttributeMapping.parameter(),
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
                                    "How long the file must have been unchanged before it is read,"
                                            + " so that no half-written file is.")
                            .within(0, 600_000),
                    Parameter.optional(
                                    MAX_RECORD,
                                    Type.INTEGER,
                                    "4096",
                                    "Longer records, such as groups with very many members, are"
                                            + " skipped and reported.")
                            .within(1, 65_536));

    static LdifSettings of(ConnectorConfiguration configuration) {
        return new LdifSettings(
                configuration.path(PATH).orElseThrow(),
                new UserAttributes(
                        configuration.list(ANCHORS),
                        configuration.list(LOGINS),
                        AttributeMapping.of(configuration),
                        DistinguishedName.normalized(configuration.text(BASE).orElse(""))),
                Duration.ofMillis(configuration.integer(SETTLE)),
                configuration.integer(MAX_RECORD) * 1024);
    }

    static List<Finding> validate(ConnectorConfiguration configuration) {
        List<Finding> faults = new ArrayList<>();
        number(faults, configuration, ANCHORS);
        number(faults, configuration, LOGINS);
        faults.addAll(AttributeMapping.validate(configuration, UserAttributes.FIELDS));
        return faults;
    }

    private static void number(
            List<Finding> faults, ConnectorConfiguration configuration, String parameter) {
        int names = configuration.list(parameter).size();
        if (names < 1 || names > MOST_NAMES) {
            faults.add(
                    Finding.error(
                            parameter,
                            "names " + Finding.count(names, "attribute", "attributes"),
                            "name 1 to " + MOST_NAMES + ", separated by commas"));
        }
    }

    /**
     * What decides which users a file gives, in 16 hexadecimal digits: what was read under other
     * settings has to be read again.
     */
    String reading() {
        String text = String.join("|", users.anchors()) + "||" + String.join("|", users.logins());
        text += "||" + users.base() + "||" + maxRecordBytes;
        Map<String, String> mapped = users.mapping().origins();
        return "%016x".formatted(TextSet.hash(mapped.isEmpty() ? text : text + "||" + mapped));
    }
}
