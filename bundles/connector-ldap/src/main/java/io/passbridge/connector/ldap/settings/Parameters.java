/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.settings;

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
                                    "The attribute that identifies a user for ever: auto, entryUUID"
                                            + " or nsUniqueId."),
                            Parameter.optional(
                                    LOGIN, Type.TEXT, "uid", "The attribute of the login name."),
                            Parameter.optional(
                                    ALIASES,
                                    Type.LIST,
                                    "mail",
                                    "Attributes of further names to sign in with."),
                            Parameter.optional(
                                    MAIL, Type.TEXT, "mail", "The attribute of the address."),
                            Parameter.optional(
                                    GIVEN_NAME,
                                    Type.TEXT,
                                    "givenName",
                                    "The attribute of the given name."),
                            Parameter.optional(
                                    FAMILY_NAME,
                                    Type.TEXT,
                                    "sn",
                                    "The attribute of the family name."),
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
                                    "With modify-timestamp, how often everybody is listed to notice"
                                            + " who is gone."),
                            Parameter.optional(
                                    OVERLAP,
                                    Type.INTEGER,
                                    "60",
                                    "With modify-timestamp, how far back each look reaches again,"
                                            + " for servers whose clocks differ."),
                            Parameter.optional(
                                    PAGE,
                                    Type.INTEGER,
                                    "500",
                                    "How many entries are asked for at once.")));

    private Parameters() {}

    /**
     * All faults, each with its parameter as subject. Looks at files, at nothing on the network.
     */
    public static List<Finding> faults(ConnectorConfiguration configuration) {
        List<Finding> faults = new ArrayList<>(CommonParameters.faults(configuration));
        CommonParameters.names(configuration, GROUPS, faults);
        Checks.oneOf(configuration, ANCHOR, Set.of("auto", "entryuuid", "nsuniqueid"), faults);
        Checks.oneOf(
                configuration,
                STRATEGY,
                Set.of("auto", "content-sync", "modify-timestamp"),
                faults);
        for (String one : List.of(LOGIN, MAIL, GIVEN_NAME, FAMILY_NAME)) {
            Checks.attribute(one, CommonParameters.text(configuration, one), faults);
        }
        for (String several : List.of(ALIASES, DISPLAY_NAMES)) {
            for (String name : configuration.list(several)) {
                Checks.attribute(several, name, faults);
            }
        }
        Checks.within(configuration, POLL, 1, Checks.LONGEST_WAIT, faults);
        Checks.within(configuration, LIST, 0, 24 * Checks.LONGEST_WAIT, faults);
        Checks.within(configuration, OVERLAP, 0, Checks.LONGEST_WAIT, faults);
        Checks.within(configuration, PAGE, 1, 10_000, faults);
        return faults;
    }
}
