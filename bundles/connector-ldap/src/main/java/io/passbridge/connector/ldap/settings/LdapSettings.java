/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.settings;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import io.passbridge.connector.ConnectorConfiguration;
import io.passbridge.connector.ldap.settings.Reach.Authentication;
import io.passbridge.connector.ldap.settings.Reach.StartTls;
import io.passbridge.connector.ldap.settings.Reading.StrategyChoice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The configuration of one instance that {@link Parameters#faults} found no fault in. */
public record LdapSettings(
        String instance, Reach reach, Scope scope, Mapping mapping, Reading reading) {
    public static LdapSettings of(ConnectorConfiguration configuration) {
        return new LdapSettings(
                configuration.instance(),
                reach(configuration),
                new Scope(bases(configuration), filter(configuration)),
                mapping(configuration),
                new Reading(
                        strategy(text(configuration, Parameters.STRATEGY)),
                        seconds(configuration, Parameters.POLL),
                        seconds(configuration, Parameters.LIST),
                        seconds(configuration, Parameters.OVERLAP),
                        configuration.integer(Parameters.PAGE)));
    }

    private static Reach reach(ConnectorConfiguration configuration) {
        return new Reach(
                configuration.list(Parameters.SERVERS).stream().map(ServerAddress::parse).toList(),
                StartTls.valueOf(word(configuration, Parameters.START_TLS)),
                configuration.path(Parameters.AUTHORITIES),
                Authentication.valueOf(word(configuration, Parameters.AUTHENTICATION)),
                configuration.path(Parameters.CLIENT_CERTIFICATE),
                configuration.flag(Parameters.REFERRALS),
                seconds(configuration, Parameters.CONNECT),
                seconds(configuration, Parameters.ANSWER));
    }

    private static Mapping mapping(ConnectorConfiguration configuration) {
        return new Mapping(
                text(configuration, Parameters.ANCHOR),
                text(configuration, Parameters.LOGIN),
                configuration.list(Parameters.ALIASES),
                text(configuration, Parameters.MAIL),
                text(configuration, Parameters.GIVEN_NAME),
                text(configuration, Parameters.FAMILY_NAME),
                configuration.list(Parameters.DISPLAY_NAMES),
                configuration.list(Parameters.SCHEMES));
    }

    /** Distinguished names hold commas, so several are separated by semicolons. */
    static List<String> bases(ConnectorConfiguration configuration) {
        return Arrays.stream(text(configuration, Parameters.BASES).split(";"))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private static Filter filter(ConnectorConfiguration configuration) {
        List<Filter> classes =
                configuration.list(Parameters.OBJECT_CLASSES).stream()
                        .map(name -> Filter.createEqualityFilter("objectClass", name))
                        .toList();
        List<Filter> parts = new ArrayList<>();
        parts.add(classes.size() == 1 ? classes.get(0) : Filter.createORFilter(classes));
        String further = text(configuration, Parameters.FILTER);
        if (!further.isBlank()) {
            try {
                parts.add(Filter.create(further));
            } catch (LDAPException e) {
                throw new IllegalArgumentException(e.getMessage());
            }
        }
        return parts.size() == 1 ? parts.get(0) : Filter.createANDFilter(parts);
    }

    static StrategyChoice strategy(String text) {
        return Arrays.stream(StrategyChoice.values())
                .filter(choice -> choice.toString().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(text));
    }

    static String text(ConnectorConfiguration configuration, String parameter) {
        return configuration.text(parameter).orElse("").strip();
    }

    private static String word(ConnectorConfiguration configuration, String parameter) {
        return text(configuration, parameter).toUpperCase(Locale.ROOT);
    }

    private static Duration seconds(ConnectorConfiguration configuration, String parameter) {
        return Duration.ofSeconds(configuration.integer(parameter));
    }
}
