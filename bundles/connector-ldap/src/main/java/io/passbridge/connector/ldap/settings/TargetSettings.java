/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.settings;

import io.passbridge.connector.ConnectorConfiguration;
import java.util.List;
import java.util.Locale;

/**
 * The configuration of one target that {@link TargetParameters#faults} found no fault in.
 *
 * @param anchorAttribute holds the source anchor of a user
 * @param versionAttribute holds what was written of a user last
 * @param objectClass that permits the two attributes, or empty if every user's classes do
 * @param match how a user without an anchor is found
 * @param create whether users that are missing are created
 * @param probe name of the entry that signing in is tried with, or empty
 * @param schemes kinds or schemes that the server verifies, or empty to find out
 */
public record TargetSettings(
        String instance,
        Reach reach,
        Scope scope,
        String anchorAttribute,
        String versionAttribute,
        String objectClass,
        Match match,
        boolean create,
        String loginAttribute,
        String mailAttribute,
        String probe,
        List<String> schemes) {
    /** How a user that does not carry a source anchor yet is found. */
    public enum Match {
        /** Not at all: whoever carries no anchor belongs to somebody else. */
        ANCHOR,
        LOGIN,
        MAIL
    }

    public TargetSettings {
        schemes = List.copyOf(schemes);
    }

    public static TargetSettings of(ConnectorConfiguration configuration) {
        return new TargetSettings(
                configuration.instance(),
                CommonParameters.reach(configuration),
                ScopeParameters.scope(configuration, List.of()),
                CommonParameters.text(configuration, TargetParameters.ANCHOR),
                CommonParameters.text(configuration, TargetParameters.VERSION),
                objectClass(configuration),
                Match.valueOf(
                        CommonParameters.text(configuration, TargetParameters.MATCH)
                                .toUpperCase(Locale.ROOT)),
                CommonParameters.text(configuration, TargetParameters.USERS).equals("create"),
                CommonParameters.text(configuration, TargetParameters.LOGIN),
                CommonParameters.text(configuration, TargetParameters.MAIL),
                CommonParameters.text(configuration, TargetParameters.PROBE),
                configuration.list(TargetParameters.SCHEMES));
    }

    private static String objectClass(ConnectorConfiguration configuration) {
        String name = CommonParameters.text(configuration, TargetParameters.OBJECT_CLASS);
        return name.equals("-") ? "" : name;
    }
}
