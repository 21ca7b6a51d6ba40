/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import io.passbridge.store.RunHistory.Run;
import io.passbridge.sync.RunRequest;
import io.passbridge.sync.SyncException;
import java.util.concurrent.CompletableFuture;

/** An operator who waits for a run. */
public record RunTicket(RunRequest request, CompletableFuture<Run> run) {
    public static RunTicket of(RunRequest request) {
        return new RunTicket(request, new CompletableFuture<>());
    }

    void refuse(String reason) {
        run.completeExceptionally(new SyncException(reason));
    }
}
