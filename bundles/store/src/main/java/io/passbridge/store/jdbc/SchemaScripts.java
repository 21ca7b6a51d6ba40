/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;

/** The numbered scripts of the schema; named one by one, since a bundle cannot be scanned. */
final class SchemaScripts implements ResourceProvider {
    /** The newest version of the schema. */
    static final int LATEST = 5;

    private static final List<String> FILES =
            List.of(
                    "V1__state.sql",
                    "V2__pause.sql",
                    "V3__key_set_mark.sql",
                    "V4__people.sql",
                    "V5__gates.sql");

    private final List<Script> scripts;

    SchemaScripts(Engine engine) {
        this.scripts =
                FILES.stream()
                        .map(file -> new Script("/db/" + engine.folder() + "/" + file, file))
                        .toList();
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
            InputStream stream =
                    Objects.requireNonNull(SchemaScripts.class.getResourceAsStream(path), path);
            return new InputStreamReader(stream, StandardCharsets.UTF_8);
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
