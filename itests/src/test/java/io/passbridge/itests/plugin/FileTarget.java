/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.plugin;

import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.ItemOutcome;
import io.passbridge.connector.PasswordTarget;
import io.passbridge.connector.PasswordUpdate;
import io.passbridge.health.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A target that appends a line for each update that it applies: a lost one is missing in the file,
 * a doubled one is there twice. Knows what it holds from the file alone.
 */
final class FileTarget implements Connector, PasswordTarget {
    private final Path file;
    private final Latency latency;

    FileTarget(ConnectorContext context) {
        file = context.configuration().path("file").orElseThrow();
        latency = new Latency(context.configuration().integer("latencyMillis"));
    }

    @Override
    public <C> Optional<C> capability(Class<C> type) {
        return type.isInstance(this) ? Optional.of(type.cast(this)) : Optional.empty();
    }

    @Override
    public List<Finding> test() {
        return List.of(Finding.ok("file", "is there"));
    }

    @Override
    public Set<String> schemes() {
        return Set.of("pph1", "pph2", "constant");
    }

    @Override
    public List<ItemOutcome> apply(List<PasswordUpdate> batch) throws ConnectorException {
        List<ItemOutcome> outcomes = new ArrayList<>();
        try {
            Set<String> held = held();
            for (PasswordUpdate update : batch) {
                outcomes.add(apply(update, held));
                latency.pass();
            }
            return outcomes;
        } catch (IOException e) {
            throw new ConnectorException(Kind.OUTCOME_UNKNOWN, "cannot write " + file, e);
        } catch (ConnectorException e) {
            // a part of the batch is in the file
            throw new ConnectorException(Kind.OUTCOME_UNKNOWN, e.getMessage());
        }
    }

    private Set<String> held() throws IOException {
        try {
            return new HashSet<>(Files.readAllLines(file));
        } catch (NoSuchFileException e) {
            return new HashSet<>();
        }
    }

    private ItemOutcome apply(PasswordUpdate update, Set<String> held) throws IOException {
        String line = update.anchor() + " " + update.version();
        if (!held.add(line)) {
            return ItemOutcome.already(update.anchor());
        }
        Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return ItemOutcome.applied(update.anchor());
    }

    @Override
    public void close() {
        latency.end();
    }
}
