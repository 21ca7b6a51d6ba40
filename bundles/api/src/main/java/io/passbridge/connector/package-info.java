/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * The contract between the platform and a connector bundle. A connector sees this package, {@code
 * io.passbridge.credential} and {@code io.passbridge.health}; no key, no store, no other connector.
 *
 * <p>A connector begins with its factory, a class with the annotation {@code Component} of
 * Declarative Services:
 *
 * <pre>{@code
 * public final class LedgerConnectorFactory implements ConnectorFactory {
 *     private static final ConnectorDescriptor DESCRIPTOR =
 *             new ConnectorDescriptor(
 *                     "ledger", "Ledger file", "io.passbridge.connector.ledger",
 *                     List.of(Parameter.required("path", Type.PATH, "The file.")), false);
 *
 *     public ConnectorDescriptor descriptor() {
 *         return DESCRIPTOR;
 *     }
 *
 *     public Connector open(ConnectorContext context) {
 *         return new LedgerConnector(context.configuration().path("path").orElseThrow());
 *     }
 * }
 * }</pre>
 *
 * <p>A target tells of each item what became of it, and holds no other up:
 *
 * <pre>{@code
 * public List<ItemOutcome> apply(List<PasswordUpdate> batch) {
 *     return batch.stream().map(update -> store(update)
 *             ? ItemOutcome.applied(update.anchor())
 *             : new ItemOutcome(update.anchor(), Outcome.NO_SUCH_USER, "")).toList();
 * }
 * }</pre>
 */
@Export
@Version("1.0.0")
package io.passbridge.connector;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
