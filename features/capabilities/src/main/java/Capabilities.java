/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Makes from the list of features, which is written as Karaf reads it, what others read: an OSGi
 * feature file for each feature, with all that it needs, and the distribution's folders as a
 * component of the assembly. Run by the build as {@code Capabilities.java VERSION OUTPUT
 * FEATURES...}; it needs no library.
 */
final class Capabilities {
    /** Of the feature that is the distribution. */
    private static final String DISTRIBUTION = "passbridge-distribution";

    private final Map<String, Feature> features = new LinkedHashMap<>();
    private final String version;

    private Capabilities(String version) {
        this.version = version;
    }

    /**
     * @param bundles of its own
     * @param needs names of features
     * @param windows whether it resolves on Windows only
     */
    private record Feature(
            String name,
            String description,
            List<Bundle> bundles,
            List<String> needs,
            boolean windows) {}

    /**
     * @param id {@code group:artifact:version}, as OSGi writes it
     * @param level start level
     */
    private record Bundle(String id, int level) {
        String pattern() {
            String[] parts = id.split(":");
            return parts[0] + ":" + parts[1] + ":jar:" + parts[2];
        }
    }

    public static void main(String[] args) throws Exception {
        Capabilities capabilities = new Capabilities(args[0]);
        for (String file : List.of(args).subList(2, args.length)) {
            capabilities.read(Path.of(file));
        }
        Path output = Path.of(args[1]);
        for (Feature feature : capabilities.features.values()) {
            if (feature.name().startsWith("passbridge")) {
                write(
                        output.resolve("osgi/" + feature.name() + ".json"),
                        capabilities.json(feature));
            }
        }
        write(output.resolve("assembly/bundles.xml"), capabilities.folders());
    }

    private void read(Path file) throws Exception {
        NodeList found =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(file.toFile())
                        .getDocumentElement()
                        .getChildNodes();
        for (Element feature : elements(found, "feature")) {
            NodeList parts = feature.getChildNodes();
            features.put(
                    feature.getAttribute("name"),
                    new Feature(
                            feature.getAttribute("name"),
                            feature.getAttribute("description"),
                            elements(parts, "bundle").stream().map(Capabilities::bundle).toList(),
                            elements(parts, "feature").stream()
                                    .map(Element::getTextContent)
                                    .toList(),
                            elements(parts, "requirement").stream()
                                    .anyMatch(r -> r.getTextContent().contains("win32"))));
        }
    }

    private static Bundle bundle(Element element) {
        String location = element.getTextContent().strip();
        if (!location.startsWith("mvn:") || location.contains("$")) {
            throw new IllegalArgumentException("not a bundle of a repository: " + location);
        }
        return new Bundle(
                location.substring("mvn:".length()).replace('/', ':'),
                Integer.parseInt(element.getAttribute("start-level")));
    }

    private static List<Element> elements(NodeList nodes, String name) {
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .filter(node -> node.getNodeName().equals(name))
                .map(Element.class::cast)
                .toList();
    }

    /** A feature's own bundles and those of all that it needs, in the order in which they start. */
    private List<Bundle> closure(Feature feature) {
        Set<Bundle> bundles = new LinkedHashSet<>();
        all(feature, new LinkedHashSet<>()).forEach(needed -> bundles.addAll(needed.bundles()));
        return bundles.stream().sorted(Comparator.comparingInt(Bundle::level)).toList();
    }

    private Set<Feature> all(Feature feature, Set<Feature> found) {
        for (String name : feature.needs()) {
            Feature needed = features.get(name);
            if (needed == null) {
                throw new IllegalArgumentException(
                        feature.name() + " needs " + name + ", which is none");
            }
            all(needed, found);
        }
        found.add(feature);
        return found;
    }

    /** As the OSGi Feature Service reads it; the start levels as the Feature Launcher does. */
    private String json(Feature feature) {
        return closure(feature).stream()
                .map(
                        bundle ->
                                "    {\"id\": \"%s\", \"startlevel\": %d}"
                                        .formatted(bundle.id(), bundle.level()))
                .collect(
                        Collectors.joining(
                                ",\n",
                                """
                                {
                                  "feature-resource-version": "1.0",
                                  "id": "io.passbridge:passbridge-features:osgifeature:%s:%s",
                                  "name": "%s",
                                  "description": "%s",
                                  "license": "Apache-2.0",
                                  "complete": true,
                                  "bundles": [
                                """
                                        .formatted(
                                                feature.name(),
                                                version,
                                                feature.name(),
                                                feature.description()),
                                "\n  ]\n}\n"));
    }

    /** A folder for each start level, and for each system that not every bundle runs on. */
    private String folders() {
        Feature distribution = features.get(DISTRIBUTION);
        Map<String, List<Bundle>> folders = new TreeMap<>();
        Set<Bundle> everywhere = new LinkedHashSet<>();
        for (Feature feature : all(distribution, new LinkedHashSet<>())) {
            if (!feature.windows()) {
                everywhere.addAll(feature.bundles());
            }
        }
        for (Bundle bundle : closure(distribution)) {
            folders.computeIfAbsent(
                            bundle.level() + (everywhere.contains(bundle) ? "" : ".windows"),
                            level -> new ArrayList<>())
                    .add(bundle);
        }
        return folders.entrySet().stream()
                .map(folder -> folder(folder.getKey(), folder.getValue()))
                .collect(
                        Collectors.joining(
                                "",
                                """
                                <component xmlns="http://maven.apache.org/ASSEMBLY-COMPONENT/2.2.0">
                                  <dependencySets>
                                """,
                                """
                                  </dependencySets>
                                </component>
                                """));
    }

    /** Strict: what is a bundle here and no dependency of the distribution stops the build. */
    private static String folder(String name, List<Bundle> bundles) {
        return bundles.stream()
                .map(bundle -> "        <include>" + bundle.pattern() + "</include>\n")
                .collect(
                        Collectors.joining(
                                "",
                                """
                                    <dependencySet>
                                      <outputDirectory>bundles/%s</outputDirectory>
                                      <useProjectArtifact>false</useProjectArtifact>
                                      <useStrictFiltering>true</useStrictFiltering>
                                      <includes>
                                """
                                        .formatted(name),
                                """
                                      </includes>
                                    </dependencySet>
                                """));
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
