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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * What a server answers to a search for content synchronisation, in its order. Entries change hands
 * by the hundred, since waking a thread for each costs more than reading it. Holds a bounded number
 * of parts: who does not take them holds the server up, and nothing grows.
 */
final class SyncStream implements AsyncSearchResultListener, IntermediateResponseListener {
    private static final long serialVersionUID = 1L;
    private static final int AT_ONCE = 100;
    private static final int CAPACITY = 20;
    private static final long LOOK_MILLIS = 200;

    private final transient BlockingQueue<Deque<Object>> parts = new ArrayBlockingQueue<>(CAPACITY);
    private transient Deque<Object> coming = new ArrayDeque<>(AT_ONCE);
    private transient Deque<Object> taken = new ArrayDeque<>();
    private volatile long latest = System.nanoTime();
    private volatile boolean closed;

    @Override
    public void searchEntryReturned(SearchResultEntry entry) {
        put(entry, false);
    }

    @Override
    public void searchReferenceReturned(SearchResultReference reference) {
        // another server's part of the tree is not read here
    }

    @Override
    public void intermediateResponseReturned(IntermediateResponse response) {
        put(response, false);
    }

    @Override
    public void searchResultReceived(AsyncRequestID id, SearchResult result) {
        put(result, true);
    }

    private synchronized void put(Object part, boolean last) {
        latest = System.nanoTime();
        coming.add(part);
        if (!last && coming.size() < AT_ONCE) {
            return;
        }
        try {
            while (!closed && !parts.offer(coming, LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                // the taker is busy
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        coming = new ArrayDeque<>(AT_ONCE);
    }

    /**
     * The next part: a {@link SearchResultEntry}, an {@link IntermediateResponse} or, at the end, a
     * {@link SearchResult}. For one thread.
     *
     * @param limit how long the server may send nothing
     */
    Object take(Duration limit) throws ConnectorException {
        try {
            while (taken.isEmpty()) {
                Deque<Object> next = parts.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (next != null) {
                    taken = next;
                } else if (System.nanoTime() - latest > limit.toNanos()) {
                    throw new ConnectorException(
                            Kind.UNREACHABLE,
                            "the server has not gone on with its answer for "
                                    + limit.toSeconds()
                                    + " s (answerSeconds)");
                }
            }
            return taken.poll();
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
