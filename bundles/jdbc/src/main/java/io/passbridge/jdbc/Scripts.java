/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.jdbc;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;

/**
 * The numbered scripts of a schema. A bundle cannot be searched for them, so the build writes their
 * names into the file {@code index} beside them.
 */
final class Scripts implements ResourceProvider {
    private final List<Script> scripts;

    /**
     * @param folder in this bundle
     */
    Scripts(String folder) {
        try (Reader index = open(folder + "/index")) {
            scripts =
                    Arrays.stream(new BufferedReader(index).readLine().split(","))
                            .map(file -> new Script(folder + "/" + file, file))
                            .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Reader open(String path) {
        InputStream stream = Scripts.class.getResourceAsStream(path);
        if (stream == null) {
            throw new IllegalStateException(path + " is not in this bundle");
        }
        return new InputStreamReader(stream, StandardCharsets.UTF_8);
    }

    /** The newest version of the schema. */
    int latest() {
        return scripts.stream()
                .map(Script::getFilename)
                .mapToInt(file -> Integer.parseInt(file.substring(1, file.indexOf("__"))))
                .max()
                .orElse(0);
    }

    @Override
    public LoadableResource getResource(String name) {
        return scripts.stream()
                .filter(script -> script.getRelativePath().equals(name))
                .findFirst()
                .orElse(null);
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
        return scripts.stream()
                .filter(script -> script.getFilename().startsWith(prefix))
                .filter(script -> List.of(suffixes).contains(".sql"))
                .map(LoadableResource.class::cast)
                .toList();
    }

    /** One script inside this bundle. */
    private static final class Script extends LoadableResource {
        private final String path;
        private final String file;

        Script(String path, String file) {
            this.path = path;
            this.file = file;
        }

        @Override
        public Reader read() {
            return open(path);
        }

        @Override
        public String getAbsolutePath() {
            return path;
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return path;
        }

        @Override
        public String getFilename() {
            return file;
        }

        @Override
        public String getRelativePath() {
            return file;
        }
    }
}
