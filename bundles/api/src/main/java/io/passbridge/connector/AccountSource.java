/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector;

import io.passbridge.credential.Account;
import io.passbridge.credential.SourceAnchor;
import java.util.Collection;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** Capability of a source: gives the user objects that passwords belong to. */
@ConsumerType
public interface AccountSource {
    /**
     * The user objects of given anchors.
     *
     * @param anchors 1 to 1,000
     * @return those that exist, in any order
     */
    List<Account> accounts(Collection<SourceAnchor> anchors) throws ConnectorException;

    /**
     * Finds users by anchor, login name or alias, for {@code sync:explain}.
     *
     * @param name what an operator typed
     * @return all that fit, at most 10
     */
    List<Account> find(String name) throws ConnectorException;
}
