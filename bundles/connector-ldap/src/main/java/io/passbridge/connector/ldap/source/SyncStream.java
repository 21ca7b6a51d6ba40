/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.source;

import com.unboundid.ldap.sdk.AsyncRequestID;
import com.unboundid.ldap.sdk.AsyncSearchResultListener;
import com.unboundid.ldap.sdk.IntermediateResponse;
import com.unboundid.ldap.sdk.IntermediateResponseListener;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchResultReference;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * What a server answers to a search for content synchronisation, in its order. Holds a bounded
 * number of parts: who does not take them holds the server up, and nothing grows.
 */
final class SyncStream implements AsyncSearchResultListener, IntermediateResponseListener {
    private static final long serialVersionUID = 1L;
    private static final int CAPACITY = 2_000;
    private static final long LOOK_MILLIS = 200;

    private final transient BlockingQueue<Object> parts = new LinkedBlockingQueue<>(CAPACITY);
    private volatile boolean closed;

    @Override
    public void searchEntryReturned(SearchResultEntry entry) {
        put(entry);
    }

    @Override
    public void searchReferenceReturned(SearchResultReference reference) {
        // another server's part of the tree is not read here
    }

    @Override
    public void intermediateResponseReturned(IntermediateResponse response) {
        put(response);
    }

    @Override
    public void searchResultReceived(AsyncRequestID id, SearchResult result) {
        put(result);
    }

    private void put(Object part) {
        try {
            while (!closed && !parts.offer(part, LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                // the taker is busy
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * The next part: a {@link SearchResultEntry}, an {@link IntermediateResponse} or, at the end, a
     * {@link SearchResult}.
     *
     * @param limit how long to wait for it
     */
    Object take(Duration limit) throws ConnectorException {
        try {
            Object part = parts.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (part == null) {
                throw new ConnectorException(
                        Kind.UNREACHABLE,
                        "the server has not gone on with its answer for "
                                + limit.toSeconds()
                                + " s (answerSeconds)");
            }
            return part;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectorException(Kind.UNREACHABLE, "the read was broken off");
        }
    }

    void close() {
        closed = true;
        parts.clear();
    }
}
