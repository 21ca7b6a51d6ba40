/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.page;

import io.passbridge.connector.ChangePage;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.PasswordSource;
import io.passbridge.connector.Watermark;
import io.passbridge.connector.host.ConnectorRegistry;
import io.passbridge.sync.route.CycleFailure;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;

/** Reads the next page of a source while the one before is being worked on. */
public final class PageReader implements AutoCloseable {
    private final ConnectorRegistry connectors;
    private final String source;
    private final Executor threads;
    private CompletableFuture<ChangePage> page;
    private FutureTask<Void> task;

    public PageReader(ConnectorRegistry connectors, String source, Executor threads) {
        this.connectors = connectors;
        this.source = source;
        this.threads = threads;
    }

    public void start(Watermark after, int limit) {
        CompletableFuture<ChangePage> result = new CompletableFuture<>();
        page = result;
        task =
                new FutureTask<>(
                        () -> {
                            try {
                                result.complete(
                                        connectors.call(
                                                source,
                                                PasswordSource.class,
                                                s -> s.changes(after, limit)));
                            } catch (Throwable e) {
                                result.completeExceptionally(e);
                            }
                            return null;
                        });
        threads.execute(task);
    }

    /** The page that was started last, which the caller closes. */
    public ChangePage take() throws CycleFailure, InterruptedException {
        try {
            ChangePage taken = page.get();
            page = null;
            if (taken == null) {
                throw new CycleFailure(
                        CycleFailure.Kind.SOURCE,
                        ConnectorException.Kind.PLUGIN_FAULT,
                        "source " + source + " gave no page");
            }
            return taken;
        } catch (ExecutionException e) {
            page = null;
            if (e.getCause() instanceof ConnectorException failure) {
                throw failure.kind() == ConnectorException.Kind.WATERMARK_EXPIRED
                        ? new CycleFailure(CycleFailure.Kind.EXPIRED, failure.getMessage())
                        : CycleFailure.source(source, failure);
            }
            throw new CycleFailure(
                    CycleFailure.Kind.SOURCE,
                    ConnectorException.Kind.PLUGIN_FAULT,
                    "source %s failed: %s".formatted(source, e.getCause().getClass().getName()));
        }
    }

    /** Breaks a running read off; a page that arrives all the same is wiped. */
    @Override
    public void close() {
        if (page != null) {
            page.whenComplete(
                    (arrived, failure) -> {
                        if (arrived != null) {
                            arrived.close();
                        }
                    });
            task.cancel(true);
            page = null;
        }
    }
}
