/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.configuration.file;

import io.passbridge.configuration.ConfigurationReader;
import io.passbridge.configuration.NearMatch;
import io.passbridge.health.Finding;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Checks one file by its name and what it says.
 *
 * @param schemas what the bundles say
 * @param readers who reads configurations that there can be several of
 */
record FileCheck(Schemas schemas, Collection<ConfigurationReader> readers) {
    private static final String NAME = "name";
    private static final String CONNECTORS = "io.passbridge.connector.";

    /** What is wrong with the name alone: no bundle could read a configuration so named. */
    Optional<Finding> name(ConfigurationName name) {
        boolean named = !name.instance().isEmpty();
        if (named && schemas.single().containsKey(name.pid())) {
            return Optional.of(
                    Finding.error(
                            NAME,
                            "there is one such configuration only, without '-"
                                    + name.instance()
                                    + "'",
                            "call it " + name.pid() + ConfigurationName.SUFFIX));
        }
        if (!named && !schemas.single().containsKey(name.pid()) && isSeveral(name.pid())) {
            return Optional.of(
                    Finding.error(
                            NAME,
                            "it names no instance",
                            "call it " + name.pid() + "-NAME" + ConfigurationName.SUFFIX));
        }
        return Optional.empty();
    }

    private boolean isSeveral(String pid) {
        return schemas.several().contains(pid)
                || pid.startsWith(CONNECTORS)
                || readers.stream().anyMatch(reader -> reader.reads(pid));
    }

    /** Whether somebody on this platform reads it. */
    boolean isRead(ConfigurationName name) {
        return name.instance().isEmpty()
                ? schemas.single().containsKey(name.pid())
                : isSeveral(name.pid());
    }

    /** That nobody reads it, and the name that was probably meant. */
    Finding unread(ConfigurationName name) {
        List<String> known =
                Stream.concat(schemas.single().keySet().stream(), schemas.several().stream())
                        .toList();
        String end = name.instance().isEmpty() ? "" : "-" + name.instance();
        return Finding.warning(
                NAME,
                "nobody reads " + name.pid(),
                NearMatch.of(name.pid(), known)
                        .map(near -> "did you mean " + near + end + ConfigurationName.SUFFIX + "?")
                        .orElse(
                                "correct the name, install the bundle that reads it, or remove"
                                        + " it"));
    }

    /** Everything that is wrong with what the file says. */
    List<Finding> values(ConfigurationName name, ConfigurationText text) throws IOException {
        Map<String, String> values = text.values();
        if (name.instance().isEmpty()) {
            return schemas.single().containsKey(name.pid())
                    ? schemas.faults(name.pid(), values)
                    : List.of();
        }
        return readers.stream()
                .filter(reader -> reader.reads(name.pid()))
                .flatMap(reader -> reader.faults(name.pid(), name.instance(), values).stream())
                .toList();
    }

    /** What a file's name is wrong with is said of the file itself. */
    private static String about(Finding fault) {
        return fault.subject().equals(NAME) ? "" : fault.subject() + " ";
    }

    /** Findings in one line. */
    static String inWords(List<Finding> faults) {
        return String.join(
                "; ",
                faults.stream().map(f -> about(f) + f.text() + " (" + f.remedy() + ")").toList());
    }
}
