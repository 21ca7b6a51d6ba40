/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.page;

import io.passbridge.credential.Account;
import io.passbridge.credential.CredentialChange;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.credential.SourceCredential;
import io.passbridge.sync.gate.Gates;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Several changes of one user in a page become one, since only the last state matters. */
public final class Coalescing {
    private Coalescing() {}

    /** One change for each user, in the order of the users' last changes. */
    public static Collection<CredentialChange> byUser(
            List<CredentialChange> changes, VersionOrder order) {
        Map<SourceAnchor, CredentialChange> last = new LinkedHashMap<>();
        for (CredentialChange change : changes) {
            CredentialChange earlier = last.remove(change.anchor());
            last.put(change.anchor(), earlier == null ? change : merge(earlier, change, order));
        }
        return last.values();
    }

    /**
     * A change of the state alone carries no credential; the one that came before it in the page
     * must not get lost by that.
     */
    private static CredentialChange merge(
            CredentialChange earlier, CredentialChange later, VersionOrder order) {
        boolean inOrder = order.byReading() || later.version().compareTo(earlier.version()) >= 0;
        CredentialChange newest = inOrder ? later : earlier;
        CredentialChange other = inOrder ? earlier : later;
        Optional<SourceCredential> credential =
                newest.credential().isPresent() || Gates.gone(newest.state())
                        ? newest.credential()
                        : other.credential();
        Optional<Account> account = newest.account().or(other::account);
        return newest.withCredential(credential).withAccount(account);
    }
}
