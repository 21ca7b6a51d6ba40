/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.configuration.file;

import io.passbridge.configuration.NearMatch;
import io.passbridge.health.Finding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.osgi.framework.Bundle;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;

/**
 * What the bundles say about the configurations that they read. Immutable: what the bundles said
 * when it was made.
 *
 * @param single configurations that there is one of, by PID
 * @param several factory PIDs
 */
record Schemas(Map<String, ObjectClassDefinition> single, List<String> several) {

    static Schemas of(MetaTypeService service, Bundle... bundles) {
        Map<String, ObjectClassDefinition> single = new TreeMap<>();
        List<String> several = new ArrayList<>();
        for (Bundle bundle : bundles) {
            MetaTypeInformation information = service.getMetaTypeInformation(bundle);
            if (information != null) {
                for (String pid : information.getPids()) {
                    single.put(pid, information.getObjectClassDefinition(pid, null));
                }
                several.addAll(List.of(information.getFactoryPids()));
            }
        }
        return new Schemas(single, several);
    }

    /** Everything that is wrong with the values of a configuration that there is one of. */
    List<Finding> faults(String pid, Map<String, String> values) {
        AttributeDefinition[] known =
                single.get(pid).getAttributeDefinitions(ObjectClassDefinition.ALL);
        List<Finding> faults = new ArrayList<>();
        new TreeMap<>(values)
                .forEach(
                        (name, value) ->
                                Arrays.stream(known)
                                        .filter(parameter -> parameter.getID().equals(name))
                                        .findAny()
                                        .map(parameter -> fault(parameter, value))
                                        .orElseGet(() -> Optional.of(unknown(pid, name, known)))
                                        .ifPresent(faults::add));
        return faults;
    }

    private static Finding unknown(String pid, String name, AttributeDefinition... known) {
        List<String> names = Arrays.stream(known).map(AttributeDefinition::getID).toList();
        return Finding.error(
                name,
                "is not a parameter of " + pid,
                NearMatch.of(name, names)
                        .map(near -> "did you mean " + near + "?")
                        .orElse("there are " + String.join(", ", names)));
    }

    private static Optional<Finding> fault(AttributeDefinition parameter, String value) {
        String wrong =
                switch (parameter.getType()) {
                    case AttributeDefinition.INTEGER, AttributeDefinition.LONG ->
                            isWhole(value) ? outside(parameter, value) : "is no whole number";
                    case AttributeDefinition.BOOLEAN ->
                            isTruth(value) ? "" : "is neither true nor false";
                    default -> outside(parameter, value);
                };
        return wrong.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Finding.error(
                                parameter.getID(),
                                "is '" + value + "', which " + wrong,
                                "it is: " + parameter.getDescription()));
    }

    private static String outside(AttributeDefinition parameter, String value) {
        String said = parameter.getCardinality() == 0 ? parameter.validate(value) : null;
        return said == null || said.isEmpty() ? "" : "is not allowed";
    }

    private static boolean isWhole(String value) {
        return value.matches("-?[0-9]{1,18}");
    }

    private static boolean isTruth(String value) {
        return List.of("true", "false").contains(value.toLowerCase(Locale.ROOT));
    }
}
