/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector;

import io.passbridge.credential.CredentialChange;
import io.passbridge.credential.SourceAnchor;
import java.util.Collection;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Capability of a source: gives credential changes. A failure is always an exception, never an
 * empty or short answer.
 */
@ConsumerType
public interface PasswordSource {
    /**
     * Whether an answer may be older than one before it, as over a replica that lags behind or from
     * a log of changes. The versions of such a source tell which of two is the newer one. A source
     * that always tells what it holds now, such as a file, says false: whatever it tells last
     * counts, and a version that goes back is a change like any other.
     */
    default boolean mayLag() {
        return true;
    }

    /**
     * The changes after a position. From {@link Watermark#BEGINNING} every user in scope comes
     * once, with the present credential, whether or not it has one; from a later position every
     * user comes whose credential or account state changed since, possibly more than once and
     * possibly some that did not change.
     *
     * @param after where the last page ended
     * @param limit the most changes to return, 1 to 10,000
     * @return a page, closed by the caller
     * @throws ConnectorException of kind {@code WATERMARK_EXPIRED} if the position is no longer
     *     valid
     */
    ChangePage changes(Watermark after, int limit) throws ConnectorException;

    /**
     * The present credential and state of given users, for retries: nothing is kept of a credential
     * between attempts. A user who is gone comes with {@code DELETED}, one who left the scope with
     * {@code OUT_OF_SCOPE}, at a version that is not older than what was told before. {@link
     * io.passbridge.credential.ChangeVersion#NONE} says that the source knows nothing of the user,
     * and changes nothing where anything is known.
     *
     * @param anchors 1 to 1,000
     * @return one change for each anchor, in any order, each closed by the caller
     * @throws ConnectorException of a kind that speaks of the source as a whole if it cannot be
     *     read now; of another kind if one of these users cannot: each is then asked for alone
     */
    List<CredentialChange> read(Collection<SourceAnchor> anchors) throws ConnectorException;
}
