/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ItemOutcome;
import io.passbridge.connector.PasswordTarget;
import io.passbridge.connector.PasswordUpdate;
import io.passbridge.connector.host.ConnectorRegistry;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.SourceAnchor;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Writes users to a target batch by batch, the same batch again after a failure. */
final class Writer extends Worker {
    private final ConnectorRegistry registry;
    private final String instance;
    private final int rows;
    private final int size;
    private int next;

    Writer(ConnectorRegistry registry, String instance, int rows, int size) {
        this.registry = registry;
        this.instance = instance;
        this.rows = rows;
        this.size = size;
        start();
    }

    @Override
    boolean step() throws ConnectorException, InterruptedException {
        List<PasswordUpdate> batch =
                IntStream.range(next, Math.min(rows, next + size))
                        .mapToObj(Writer::update)
                        .toList();
        List<ItemOutcome> outcomes =
                registry.call(instance, PasswordTarget.class, target -> target.apply(batch));
        if (outcomes.size() != batch.size()) {
            throw new IllegalStateException(outcomes.size() + " outcomes of " + batch.size());
        }
        next += batch.size();
        return next < rows;
    }

    private static PasswordUpdate update(int row) {
        return new PasswordUpdate(
                new SourceAnchor("u" + row),
                new ChangeVersion(1, row),
                Instant.EPOCH,
                AccountState.ACTIVE,
                Optional.empty());
    }

    void finish() throws Exception {
        awaitEnd();
    }
}
