/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.settings;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import io.passbridge.connector.AllowedValues;
import io.passbridge.connector.ConnectorConfiguration;
import io.passbridge.connector.ConnectorDescriptor.Parameter;
import io.passbridge.connector.ConnectorDescriptor.Type;
import io.passbridge.health.Finding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Which entries are users in scope: where they stand, and what they match. */
final class ScopeParameters {
    static final String BASES = "baseDns";
    static final String INCLUDE = "includeDns";
    static final String EXCLUDE = "excludeDns";
    static final String FILTER = "filter";
    static final String OBJECT_CLASSES = "objectClasses";

    static final List<Parameter> ALL =
            List.of(
                    Parameter.required(
                            BASES,
                            Type.TEXT,
                            "Distinguished names that users stand at or below, separated by"
                                    + " semicolons."),
                    Parameter.optional(
                            INCLUDE,
                            Type.TEXT,
                            "",
                            "Parts of baseDns that are taken, separated by semicolons: branches or"
                                    + " single entries; all if empty."),
                    Parameter.optional(
                            EXCLUDE,
                            Type.TEXT,
                            "",
                            "Parts that are left out; of both lists, the name nearest to an entry"
                                    + " decides."),
                    Parameter.optional(
                            FILTER, Type.TEXT, "", "An LDAP filter that users match, too."),
                    Parameter.optional(
                                    OBJECT_CLASSES,
                                    Type.LIST,
                                    "person,inetOrgPerson,posixAccount",
                                    "Users have one of these object classes.")
                            .with(AllowedValues.Form.ATTRIBUTE));

    private ScopeParameters() {}

    static List<Finding> faults(ConnectorConfiguration configuration) {
        List<Finding> faults = new ArrayList<>();
        bases(configuration, faults);
        filter(configuration, faults);
        if (configuration.list(OBJECT_CLASSES).isEmpty()) {
            faults.add(Finding.error(OBJECT_CLASSES, "names none", "give person"));
        }
        return faults;
    }

    private static void bases(ConnectorConfiguration configuration, List<Finding> faults) {
        if (names(configuration, BASES).isEmpty()) {
            faults.add(Finding.error(BASES, "names nothing", "give ou=people,dc=example,dc=org"));
        }
        names(configuration, BASES, faults);
        places(configuration, faults);
    }

    private static void places(ConnectorConfiguration configuration, List<Finding> faults) {
        for (String list : List.of(INCLUDE, EXCLUDE)) {
            int before = faults.size();
            names(configuration, list, faults);
            if (faults.size() > before) {
                return;
            }
        }
        List<DN> bases =
                names(configuration, BASES).stream()
                        .filter(DN::isValidDN)
                        .map(ScopeParameters::parsed)
                        .toList();
        Places places = placesOf(configuration);
        for (DN name : places.include()) {
            if (bases.stream().noneMatch(base -> name.isDescendantOf(base, true))) {
                faults.add(
                        Finding.error(
                                INCLUDE,
                                "'" + name + "' is below none of baseDns",
                                "name a part of one of them, or add it to baseDns"));
            }
            if (places.exclude().contains(name)) {
                faults.add(
                        Finding.error(
                                EXCLUDE,
                                "'" + name + "' is in includeDns, too",
                                "take it out of one of the lists"));
            }
        }
    }

    /** Whether the first of the bases, at which users are made, is one of the places. */
    static void room(ConnectorConfiguration configuration, List<Finding> faults) {
        String first = names(configuration, BASES).get(0);
        if (!placesOf(configuration).hold(first)) {
            faults.add(
                    Finding.error(
                            BASES,
                            "'"
                                    + first
                                    + "', where users are made, is left out by includeDns or"
                                    + " excludeDns",
                            "put a part that is taken first"));
        }
    }

    private static Places placesOf(ConnectorConfiguration configuration) {
        return new Places(
                names(configuration, INCLUDE).stream().map(ScopeParameters::parsed).toList(),
                names(configuration, EXCLUDE).stream().map(ScopeParameters::parsed).toList());
    }

    private static DN parsed(String name) {
        try {
            return new DN(name);
        } catch (LDAPException e) {
            throw new IllegalArgumentException(e.getMessage());
        }
    }

    static void names(
            ConnectorConfiguration configuration, String parameter, List<Finding> faults) {
        for (String name : names(configuration, parameter)) {
            if (!DN.isValidDN(name)) {
                faults.add(
                        Finding.error(
                                parameter,
                                "'" + name + "' is no distinguished name",
                                "give ou=people,dc=example,dc=org; separate several by"
                                        + " semicolons"));
            }
        }
    }

    private static void filter(ConnectorConfiguration configuration, List<Finding> faults) {
        String filter = CommonParameters.text(configuration, FILTER);
        try {
            if (!filter.isEmpty()) {
                Filter.create(filter);
            }
        } catch (LDAPException e) {
            faults.add(
                    Finding.error(
                            FILTER,
                            "'" + filter + "' is no filter: " + e.getMessage(),
                            "write it as in (employeeType=staff)"));
        }
    }

    /**
     * @param groups distinguished names, may be empty
     */
    static Scope scope(ConnectorConfiguration configuration, List<String> groups) {
        return new Scope(
                names(configuration, BASES),
                filterOf(configuration),
                placesOf(configuration),
                groups);
    }

    /** Distinguished names hold commas, so several are separated by semicolons. */
    static List<String> names(ConnectorConfiguration configuration, String parameter) {
        return Arrays.stream(CommonParameters.text(configuration, parameter).split(";"))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private static Filter filterOf(ConnectorConfiguration configuration) {
        List<Filter> classes =
                configuration.list(OBJECT_CLASSES).stream()
                        .map(name -> Filter.createEqualityFilter("objectClass", name))
                        .toList();
        List<Filter> parts = new ArrayList<>();
        parts.add(classes.size() == 1 ? classes.get(0) : Filter.createORFilter(classes));
        String further = CommonParameters.text(configuration, FILTER);
        if (!further.isBlank()) {
            try {
                parts.add(Filter.create(further));
            } catch (LDAPException e) {
                throw new IllegalArgumentException(e.getMessage());
            }
        }
        return parts.size() == 1 ? parts.get(0) : Filter.createANDFilter(parts);
    }
}
