/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keycloak;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.persistence.FlushModeType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jboss.logging.Logger;
import org.keycloak.connections.jpa.support.EntityManagers;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionTaskWithResult;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Writes the items of one request. Some share a transaction; if it fails, each half of them gets
 * one, and so on down to one item alone, so that nobody is taken along.
 *
 * @param <I> an item
 * @param <R> what becomes of it
 */
final class Batch<I, R> {
    private static final Logger LOG = Logger.getLogger(Batch.class);

    private final KeycloakSession session;
    private final Kind<I, R> kind;

    /**
     * What is done with items of one kind.
     *
     * @param <I> an item
     * @param <R> what becomes of it
     */
    interface Kind<I, R> {
        /**
         * Reads an item of a request.
         *
         * @throws IllegalArgumentException if it is not one
         */
        I read(JsonNode json);

        /** What becomes of an item that could not be read. */
        R unreadable(JsonNode json, String why);

        /** The most items that are to share a transaction. */
        int together();

        /** Whether nothing that is written of an item depends on what is written of another. */
        boolean mayShare(List<I> items);

        /**
         * Writes items within one transaction.
         *
         * @param own session of the transaction
         * @return one result for each item, in their order; they stand once the transaction does
         * @throws RuntimeException takes back what was written of all of them
         */
        List<R> write(KeycloakSession own, List<I> items);

        /** Whether an item is to be tried alone once the others of its transaction are written. */
        boolean again(R result);

        /** What becomes of an item that alone cannot be written either. */
        R failed(I item, RuntimeException e);
    }

    /**
     * @param session of the request
     */
    Batch(KeycloakSession session, Kind<I, R> kind) {
        this.session = session;
        this.kind = kind;
    }

    /** One result for each item, in their order. */
    List<R> write(List<JsonNode> request) {
        List<R> results = new ArrayList<>(Collections.nCopies(request.size(), null));
        List<I> items = new ArrayList<>(request.size());
        List<Integer> places = new ArrayList<>(request.size());
        for (int i = 0; i < request.size(); i++) {
            try {
                items.add(kind.read(request.get(i)));
                places.add(i);
            } catch (IllegalArgumentException e) {
                results.set(i, kind.unreadable(request.get(i), e.getMessage()));
            }
        }
        for (int from = 0; from < items.size(); from += kind.together()) {
            int to = Math.min(items.size(), from + kind.together());
            List<R> written = some(items.subList(from, to));
            for (int i = from; i < to; i++) {
                results.set(places.get(i), written.get(i - from));
            }
        }
        return results;
    }

    private List<R> some(List<I> items) {
        if (items.size() == 1) {
            return List.of(alone(items.get(0)));
        }
        if (kind.mayShare(items)) {
            try {
                List<R> results = transaction(own -> together(own, items));
                for (int i = 0; i < items.size(); i++) {
                    if (kind.again(results.get(i))) {
                        results.set(i, alone(items.get(i)));
                    }
                }
                return results;
            } catch (RuntimeException e) {
                LOG.debug("each half of these items gets a transaction of its own", e);
            }
        }
        int half = items.size() / 2;
        List<R> results = new ArrayList<>(some(items.subList(0, half)));
        results.addAll(some(items.subList(half, items.size())));
        return results;
    }

    /** Nothing that is asked depends on what was written before, so all is written at the end. */
    private List<R> together(KeycloakSession own, List<I> items) {
        List<R> results = new ArrayList<>(items.size());
        UserRow.entities(own).setFlushMode(FlushModeType.COMMIT);
        EntityManagers.runInBatch(own, () -> results.addAll(kind.write(own, items)), false);
        return results;
    }

    private R alone(I item) {
        try {
            return transaction(own -> kind.write(own, List.of(item))).get(0);
        } catch (RuntimeException e) {
            return kind.failed(item, e);
        }
    }

    private List<R> transaction(KeycloakSessionTaskWithResult<List<R>> task) {
        return KeycloakModelUtils.runJobInTransactionWithResult(
                session.getKeycloakSessionFactory(),
                session.getContext(),
                task,
                "Passbridge batch");
    }
}
