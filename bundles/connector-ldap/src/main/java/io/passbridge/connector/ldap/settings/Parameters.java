/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.settings;

import io.passbridge.connector.AllowedValues;
import io.passbridge.connector.AttributeMapping;
import io.passbridge.connector.ConnectorConfiguration;
import io.passbridge.connector.ConnectorDescriptor.Parameter;
import io.passbridge.connector.ConnectorDescriptor.Type;
import io.passbridge.health.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a source can be configured with, and what is wrong with a configuration. */
public final class Parameters {
    static final String GROUPS = "groups";
    static final String ANCHOR = "anchorAttribute";
    static final String LOGIN = "loginAttribute";
    static final String ALIASES = "aliasAttributes";
    static final String MAIL = "mailAttribute";
    static final String GIVEN_NAME = "givenNameAttribute";
    static final String FAMILY_NAME = "familyNameAttribute";
    static final String DISPLAY_NAMES = "displayNameAttributes";
    static final String SCHEMES = "preferredSchemes";
    static final String POLICY = "defaultPolicyDn";
    static final String STRATEGY = "strategy";
    static final String POLL = "pollSeconds";
    static final String LIST = "listSeconds";
    static final String OVERLAP = "overlapSeconds";
    static final String PAGE = "pageSize";

    public static final List<Parameter> ALL =
            CommonParameters.with(
                    List.of(
                            Parameter.optional(
                                    GROUPS,
                                    Type.TEXT,
                                    "",
                                    "Distinguished names of groups, separated by semicolons: users"
                                            + " are members of one, directly or through groups in"
                                            + " it."),
                            Parameter.optional(
                                            ANCHOR,
                                            Type.TEXT,
                                            Mapping.AUTO,
                                            "The attribute that identifies a user for ever: auto,"
                                                    + " entryUUID or nsUniqueId.")
                                    .oneOf("auto", "entryUUID", "nsUniqueId"),
                            Parameter.optional(
                                            LOGIN,
                                            Type.TEXT,
                                            "uid",
                                            "The attribute of the login name.")
                                    .with(AllowedValues.Form.ATTRIBUTE),
                            Parameter.optional(
                                            ALIASES,
                                            Type.LIST,
                                            "mail",
                                            "Attributes of further names to sign in with.")
                                    .with(AllowedValues.Form.ATTRIBUTE),
                            Parameter.optional(
                                            MAIL,
                                            Type.TEXT,
                                            "mail",
                                            "The attribute of the address.")
                                    .with(AllowedValues.Form.ATTRIBUTE),
                            Parameter.optional(
                                            GIVEN_NAME,
                                            Type.TEXT,
                                            "givenName",
                                            "The attribute of the given name.")
                                    .with(AllowedValues.Form.ATTRIBUTE),
                            Parameter.optional(
                                            FAMILY_NAME,
                                            Type.TEXT,
                                            "sn",
                                            "The attribute of the family name.")
                                    .with(AllowedValues.Form.ATTRIBUTE),
                            Parameter.optional(
                                            DISPLAY_NAMES,
                                            Type.LIST,
                                            "displayName,cn",
                                            "Attributes of the name to show; the first one that a"
                                                    + " user has counts.")
                                    .with(AllowedValues.Form.ATTRIBUTE),
                            AttributeMapping.parameter(),
                            Parameter.optional(
                                    SCHEMES,
                                    Type.LIST,
                                    "",
                                    "Schemes that are taken before others where a user has several"
                                            + " passwords: {SCHEME}s without braces, or kinds; the"
                                            + " strongest first if empty."),
                            Parameter.optional(
                                    POLICY,
                                    Type.TEXT,
                                    "",
                                    "Distinguished name of the server's default password policy:"
                                            + " its pwdMaxAge says when passwords expire."),
                            Parameter.optional(
                                            STRATEGY,
                                            Type.TEXT,
                                            "auto",
                                            "How changes are found: auto (the best that the server"
                                                    + " offers), content-sync, retro-changelog or"
                                                    + " modify-timestamp.")
                                    .oneOf(
                                            "auto",
                                            "content-sync",
                                            "retro-changelog",
                                            "modify-timestamp"),
                            Parameter.optional(
                                            POLL,
                                            Type.INTEGER,
                                            "15",
                                            "How often to look for changes that nobody tells of.")
                                    .within(1, CommonParameters.LONGEST_WAIT),
                            Parameter.optional(
                                            LIST,
                                            Type.INTEGER,
                                            "300",
                                            "With modify-timestamp, how often everybody is listed"
                                                    + " to notice who is gone.")
                                    .within(0, 24 * CommonParameters.LONGEST_WAIT),
                            Parameter.optional(
                                            OVERLAP,
                                            Type.INTEGER,
                                            "60",
                                            "With modify-timestamp, how far back each look reaches"
                                                    + " again, for servers whose clocks differ.")
                                    .within(0, CommonParameters.LONGEST_WAIT),
                            Parameter.optional(
                                            PAGE,
                                            Type.INTEGER,
                                            "500",
                                            "How many entries are asked for at once.")
                                    .within(1, 10_000)));

    private Parameters() {}

    /**
     * All faults, each with its parameter as subject. Looks at files, at nothing on the network.
     */
    public static List<Finding> faults(ConnectorConfiguration configuration) {
        List<Finding> faults = new ArrayList<>(CommonParameters.faults(configuration));
        ScopeParameters.names(configuration, POLICY, faults);
        ScopeParameters.names(configuration, GROUPS, faults);
        faults.addAll(AttributeMapping.validate(configuration, Set.of()));
        return faults;
    }

    /** Whether the account's secret is needed for any of the servers. */
    public static boolean signsInWithSecret(ConnectorConfiguration configuration) {
        return CommonParameters.reach(configuration).needsSecret();
    }
}
