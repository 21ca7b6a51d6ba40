/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.source;

import com.unboundid.ldap.sdk.SearchResultEntry;
import io.passbridge.connector.ConnectorException;
import io.passbridge.credential.CredentialChange;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The changes below one base since a position, in one of the ways that servers offer. */
interface ChangeFeed extends AutoCloseable {
    /** The next entry that is new or has changed; empty at the end. */
    Optional<SearchResultEntry> next() throws ConnectorException;

    /** The identifier of the entry that came last; empty if it shows none. */
    Optional<UUID> last();

    /** Whether a user who came has not been given before. */
    default boolean isNews(UUID id, SearchResultEntry entry, CredentialChange change) {
        return true;
    }

    /** After the end: who has changed without all that was asked for: to be read again. */
    default Set<UUID> incomplete() {
        return Set.of();
    }

    /** After the end: whom the server names as gone. */
    Set<UUID> gone();

    /** After the end: everybody there, if that is known. */
    Optional<Set<UUID>> present();

    /** After the end: where to go on next time. */
    byte[] position() throws ConnectorException;

    @Override
    void close();
}
