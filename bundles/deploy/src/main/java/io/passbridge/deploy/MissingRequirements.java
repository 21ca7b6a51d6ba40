/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.deploy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.namespace.BundleNamespace;
import org.osgi.framework.namespace.ExecutionEnvironmentNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/** Says what a bundle that cannot be resolved lacks. */
final class MissingRequirements {
    private static final Pattern TERM = Pattern.compile("\\(([^()=<>!]+)(>=|<=|=)([^()]+)\\)");

    private final BundleContext context;

    MissingRequirements(BundleContext context) {
        this.context = context;
    }

    List<String> of(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        return revision == null
                ? List.of()
                : revision.getDeclaredRequirements(null).stream()
                        .filter(MissingRequirements::isMandatory)
                        .filter(requirement -> !isMet(requirement))
                        .map(this::inWords)
                        .toList();
    }

    private static boolean isMandatory(BundleRequirement requirement) {
        Map<String, String> directives = requirement.getDirectives();
        return !"optional".equals(directives.get("resolution"))
                && !"active".equals(directives.get("effective"))
                && !"dynamic".equals(directives.get("resolution"));
    }

    private boolean isMet(BundleRequirement requirement) {
        return capabilities(requirement.getNamespace()).anyMatch(requirement::matches);
    }

    private Stream<BundleCapability> capabilities(String namespace) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> (bundle.getState() & Bundle.UNINSTALLED) == 0)
                .map(bundle -> bundle.adapt(BundleRevision.class))
                .filter(revision -> revision != null)
                .flatMap(revision -> revision.getDeclaredCapabilities(namespace).stream());
    }

    private String inWords(BundleRequirement requirement) {
        String namespace = requirement.getNamespace();
        String filter = requirement.getDirectives().getOrDefault("filter", "");
        String name = value(filter, namespace, "=");
        String from = value(filter, "version", ">=");
        String below = upper(filter);
        String wanted =
                name
                        + (from.isEmpty() ? "" : " from version " + from)
                        + (below.isEmpty() ? "" : " below " + below);
        return switch (namespace) {
            case PackageNamespace.PACKAGE_NAMESPACE -> "package " + wanted + there(namespace, name);
            case BundleNamespace.BUNDLE_NAMESPACE -> "bundle " + wanted;
            case ExecutionEnvironmentNamespace.EXECUTION_ENVIRONMENT_NAMESPACE ->
                    "Java "
                            + value(filter, "version", "=")
                            + " (this is "
                            + System.getProperty("java.version")
                            + ")";
            default -> "capability " + namespace + " " + filter;
        };
    }

    private String there(String namespace, String name) {
        List<String> versions =
                capabilities(namespace)
                        .filter(c -> name.equals(c.getAttributes().get(namespace)))
                        .map(c -> String.valueOf(c.getAttributes().get("version")))
                        .distinct()
                        .toList();
        return versions.isEmpty()
                ? ", which no bundle exports"
                : " (there is " + String.join(", ", versions) + ")";
    }

    /** The bound of a term {@code (!(version>=2.0.0))}. */
    private static String upper(String filter) {
        Matcher negated = Pattern.compile("\\(!\\(version>=([^()]+)\\)\\)").matcher(filter);
        return negated.find() ? negated.group(1) : "";
    }

    private static String value(String filter, String attribute, String operator) {
        String positive = filter.replaceAll("\\(!\\([^()]*\\)\\)", "");
        Matcher terms = TERM.matcher(positive);
        while (terms.find()) {
            if (terms.group(1).equals(attribute) && terms.group(2).equals(operator)) {
                return terms.group(3);
            }
        }
        return "";
    }
}
