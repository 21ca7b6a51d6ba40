/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.settings;

import io.passbridge.connector.AttributeMapping;
import io.passbridge.connector.ConnectorConfiguration;
import io.passbridge.connector.ldap.settings.Reading.StrategyChoice;
import java.util.Arrays;

/** The configuration of one instance that {@link Parameters#faults} found no fault in. */
public record LdapSettings(
        String instance, Reach reach, Scope scope, Mapping mapping, Reading reading) {
    public static LdapSettings of(ConnectorConfiguration configuration) {
        return new LdapSettings(
                configuration.instance(),
                CommonParameters.reach(configuration),
                ScopeParameters.scope(
                        configuration, ScopeParameters.names(configuration, Parameters.GROUPS)),
                mapping(configuration),
                new Reading(
                        strategy(CommonParameters.text(configuration, Parameters.STRATEGY)),
                        CommonParameters.seconds(configuration, Parameters.POLL),
                        CommonParameters.seconds(configuration, Parameters.LIST),
                        CommonParameters.seconds(configuration, Parameters.OVERLAP),
                        CommonParameters.text(configuration, Parameters.POLICY),
                        configuration.integer(Parameters.PAGE)));
    }

    private static Mapping mapping(ConnectorConfiguration configuration) {
        return new Mapping(
                CommonParameters.text(configuration, Parameters.ANCHOR),
                CommonParameters.text(configuration, Parameters.LOGIN),
                configuration.list(Parameters.ALIASES),
                CommonParameters.text(configuration, Parameters.MAIL),
                CommonParameters.text(configuration, Parameters.GIVEN_NAME),
                CommonParameters.text(configuration, Parameters.FAMILY_NAME),
                configuration.list(Parameters.DISPLAY_NAMES),
                AttributeMapping.of(configuration),
                configuration.list(Parameters.SCHEMES));
    }

    static StrategyChoice strategy(String text) {
        return Arrays.stream(StrategyChoice.values())
                .filter(choice -> choice.toString().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(text));
    }
}
