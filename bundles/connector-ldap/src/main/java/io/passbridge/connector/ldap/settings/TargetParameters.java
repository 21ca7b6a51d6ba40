/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.settings;

import io.passbridge.connector.AllowedValues;
import io.passbridge.connector.ConnectorConfiguration;
import io.passbridge.connector.ConnectorDescriptor.Parameter;
import io.passbridge.connector.ConnectorDescriptor.Type;
import io.passbridge.credential.PasswordKind;
import io.passbridge.health.Finding;
import java.util.ArrayList;
import java.util.List;

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
    static final String PROBE = "probeDn";

    public static final List<Parameter> ALL =
            CommonParameters.with(
                    List.of(
                            Parameter.optional(
                                            ANCHOR,
                                            Type.TEXT,
                                            "passbridgeAnchor",
                                            "The attribute that holds a user's source anchor.")
                                    .with(AllowedValues.Form.ATTRIBUTE),
                            Parameter.optional(
                                            VERSION,
                                            Type.TEXT,
                                            "passbridgeVersion",
                                            "The attribute that holds what was written of a user"
                                                    + " last.")
                                    .with(AllowedValues.Form.ATTRIBUTE),
                            Parameter.optional(
                                            OBJECT_CLASS,
                                            Type.TEXT,
                                            "passbridgeUser",
                                            "The auxiliary object class that permits the two"
                                                + " attributes; '-' if the users' own classes do.")
                                    .with(
                                            new AllowedValues.Form(
                                                    "-|" + AllowedValues.Form.ATTRIBUTE.regex(),
                                                    "give an object class such as passbridgeUser,"
                                                            + " or '-'")),
                            Parameter.optional(
                                            MATCH,
                                            Type.TEXT,
                                            "anchor",
                                            "How a user without an anchor is found and taken over:"
                                                    + " anchor (never), login or mail.")
                                    .oneOf("anchor", "login", "mail"),
                            Parameter.optional(
                                            USERS,
                                            Type.TEXT,
                                            "match-only",
                                            "What becomes of missing users: match-only, or create"
                                                    + " (at the first of baseDns).")
                                    .oneOf("match-only", "create"),
                            Parameter.optional(
                                            LOGIN,
                                            Type.TEXT,
                                            "uid",
                                            "The attribute of the login name.")
                                    .with(AllowedValues.Form.ATTRIBUTE),
                            Parameter.optional(
                                            MAIL,
                                            Type.TEXT,
                                            "mail",
                                            "The attribute of the address.")
                                    .with(AllowedValues.Form.ATTRIBUTE),
                            Parameter.optional(
                                    SCHEMES,
                                    Type.LIST,
                                    "",
                                    "Kinds of userPassword values, or schemes without braces, that"
                                            + " the server verifies; found out if empty."),
                            Parameter.optional(
                                    PROBE,
                                    Type.TEXT,
                                    "",
                                    "Distinguished name of an entry that nobody uses:"
                                            + " connector:test writes passwords of its own to it"
                                            + " and signs in with them.")));

    private TargetParameters() {}

    /**
     * All faults, each with its parameter as subject. Looks at files, at nothing on the network.
     */
    public static List<Finding> faults(ConnectorConfiguration configuration) {
        List<Finding> faults = new ArrayList<>(CommonParameters.faults(configuration));
        if (faults.isEmpty() && CommonParameters.text(configuration, USERS).equals("create")) {
            ScopeParameters.room(configuration, faults);
        }
        ScopeParameters.names(configuration, PROBE, faults);
        for (String name : configuration.list(SCHEMES)) {
            if (!PasswordKind.isKnown(name)) {
                faults.add(
                        Finding.error(
                                SCHEMES,
                                "'" + name + "' is no known kind",
                                "name kinds such as SSHA512, CRYPT-6 or PBKDF2-SHA256"));
            }
        }
        return faults;
    }

    /** Whether the account's secret is needed for any of the servers. */
    public static boolean signsInWithSecret(ConnectorConfiguration configuration) {
        return CommonParameters.reach(configuration).needsSecret();
    }
}
