/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import io.passbridge.sync.SyncException;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which routes are paused and why; one small file a route, so that a pause survives a restart. */
final class RoutePauses {
    private static final Logger LOG = LoggerFactory.getLogger(RoutePauses.class);
    private static final String SUFFIX = ".paused";

    private final Path folder;
    private final Map<String, Optional<Pause>> known = new ConcurrentHashMap<>();

    /**
     * @param deletions whether the deletion threshold paused the route
     */
    record Pause(Instant since, String reason, boolean deletions) {}

    RoutePauses(Path folder) {
        this.folder = folder;
    }

    Optional<Pause> of(String route) {
        return known.computeIfAbsent(route, this::read);
    }

    void pause(String route, Pause pause) throws SyncException {
        Properties values = new Properties();
        values.setProperty("since", pause.since().toString());
        values.setProperty("reason", pause.reason());
        values.setProperty("deletions", "" + pause.deletions());
        Path aside = folder.resolve(route + ".new");
        try {
            Files.createDirectories(folder);
            try (Writer writer = Files.newBufferedWriter(aside)) {
                values.store(writer, null);
            }
            try (FileChannel channel = FileChannel.open(aside, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(
                    aside,
                    folder.resolve(route + SUFFIX),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new SyncException(
                    "route %s cannot be paused: %s cannot be written: %s"
                            .formatted(route, folder.resolve(route + SUFFIX), e.getMessage()),
                    e);
        }
        known.put(route, Optional.of(pause));
    }

    void resume(String route) throws SyncException {
        try {
            Files.deleteIfExists(folder.resolve(route + SUFFIX));
        } catch (IOException e) {
            throw new SyncException(
                    "route %s cannot be resumed: %s cannot be deleted: %s"
                            .formatted(route, folder.resolve(route + SUFFIX), e.getMessage()),
                    e);
        }
        known.put(route, Optional.empty());
    }

    private Optional<Pause> read(String route) {
        Path file = folder.resolve(route + SUFFIX);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Properties values = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            values.load(reader);
            return Optional.of(
                    new Pause(
                            Instant.parse(values.getProperty("since", Instant.EPOCH.toString())),
                            values.getProperty("reason", ""),
                            Boolean.parseBoolean(values.getProperty("deletions"))));
        } catch (IOException | RuntimeException e) {
            LOG.warn("{} cannot be read; the route stays paused: {}", file, e.toString());
            return Optional.of(
                    new Pause(Instant.EPOCH, "paused; " + file + " cannot be read", false));
        }
    }
}
