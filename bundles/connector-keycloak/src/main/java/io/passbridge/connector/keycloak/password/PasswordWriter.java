/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak.password;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ItemOutcome;
import io.passbridge.connector.PasswordUpdate;
import io.passbridge.credential.SourceAnchor;
import java.util.List;
import java.util.Set;

/** One of the two ways in which passwords and states get into a realm. */
public interface PasswordWriter {
    /**
     * An update and whom it concerns.
     *
     * @param id the user's id at Keycloak
     */
    record Item(String id, PasswordUpdate update) {}

    /** The schemes that the server can verify, as {@code PasswordTarget} names them. */
    Set<String> schemes();

    /**
     * Whether a sign-in with the former password, at the same moment, may store it again: Keycloak
     * hashes a password anew after a good sign-in if its scheme is not the realm's.
     */
    boolean mayBeUndone();

    /** One outcome for each item, in their order. */
    List<ItemOutcome> write(List<Item> items) throws ConnectorException;

    /** Those whose password at the server is not of the version that was written. */
    Set<SourceAnchor> undone(List<Item> items) throws ConnectorException;
}
