/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.settings;

import io.passbridge.connector.ConnectorConfiguration;
import io.passbridge.connector.ConnectorDescriptor.Parameter;
import io.passbridge.connector.ConnectorDescriptor.Type;
import io.passbridge.credential.PasswordKind;
import io.passbridge.health.Finding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** What a target can be configured with, and what is wrong with a configuration. */
public final class TargetParameters {
    static final String ANCHOR = "anchorAttribute";
    static final String VERSION = "versionAttribute";
    static final String OBJECT_CLASS = "userObjectClass";
    static final String MATCH = "match";
    static final String USERS = "users";
    static final String LOGIN = "loginAttribute";
    static final String MAIL = "mailAttribute";
    static final String SCHEMES = "schemes";

    public static final List<Parameter> ALL =
            CommonParameters.with(
                    List.of(
                            Parameter.optional(
                                    ANCHOR,
                                    Type.TEXT,
                                    "passbridgeAnchor",
                                    "The attribute that holds a user's source anchor."),
                            Parameter.optional(
                                    VERSION,
                                    Type.TEXT,
                                    "passbridgeVersion",
                                    "The attribute that holds what was written of a user last."),
                            Parameter.optional(
                                    OBJECT_CLASS,
                                    Type.TEXT,
                                    "passbridgeUser",
                                    "The auxiliary object class that permits the two attributes;"
                                            + " '-' if the users' own classes do."),
                            Parameter.optional(
                                    MATCH,
                                    Type.TEXT,
                                    "anchor",
                                    "How a user without an anchor is found and taken over: anchor"
                                            + " (never), login or mail."),
                            Parameter.optional(
                                    USERS,
                                    Type.TEXT,
                                    "match-only",
                                    "What becomes of missing users: match-only, or create (at the"
                                            + " first of baseDns)."),
                            Parameter.optional(
                                    LOGIN, Type.TEXT, "uid", "The attribute of the login name."),
                            Parameter.optional(
                                    MAIL, Type.TEXT, "mail", "The attribute of the address."),
                            Parameter.optional(
                                    SCHEMES,
                                    Type.LIST,
                                    "",
                                    "Kinds of userPassword values, or schemes without braces, that"
                                            + " the server verifies; found out if empty.")));

    private TargetParameters() {}

    /**
     * All faults, each with its parameter as subject. Looks at files, at nothing on the network.
     */
    public static List<Finding> faults(ConnectorConfiguration configuration) {
        List<Finding> faults = new ArrayList<>(CommonParameters.faults(configuration));
        Checks.oneOf(configuration, MATCH, Set.of("anchor", "login", "mail"), faults);
        Checks.oneOf(configuration, USERS, Set.of("match-only", "create"), faults);
        for (String one : List.of(ANCHOR, VERSION, LOGIN, MAIL)) {
            Checks.attribute(one, CommonParameters.text(configuration, one), faults);
        }
        String objectClass = CommonParameters.text(configuration, OBJECT_CLASS);
        if (!objectClass.equals("-")) {
            Checks.attribute(OBJECT_CLASS, objectClass, faults);
        }
        for (String name : configuration.list(SCHEMES)) {
            if (Arrays.stream(PasswordKind.values()).noneMatch(kind -> kind.isNamed(name))) {
                faults.add(
                        Finding.error(
                                SCHEMES,
                                "'" + name + "' is no known kind",
                                "name kinds such as SSHA512, CRYPT-6 or PBKDF2-SHA256"));
            }
        }
        return faults;
    }
}
