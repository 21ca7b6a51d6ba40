/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution.plugin;

import io.passbridge.connector.Connector;
import io.passbridge.health.Finding;
import java.util.List;
import java.util.Optional;

/** Can do nothing, and does it well. */
final class NotesConnector implements Connector {
    @Override
    public <C> Optional<C> capability(Class<C> type) {
        return Optional.empty();
    }

    @Override
    public List<Finding> test() {
        return List.of(Finding.ok("notes", "there are none"));
    }

    @Override
    public void close() {
        // holds nothing
    }
}
