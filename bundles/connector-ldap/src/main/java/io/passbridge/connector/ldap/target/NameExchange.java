/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.target;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPInterface;
import io.passbridge.connector.ldap.settings.TargetSettings;
import io.passbridge.credential.Account;
import io.passbridge.credential.SourceAnchor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Frees names that users of one batch exchange: whoever has a name that another of them wants, and
 * wants another one, steps aside under a name for the moment. If the right name cannot be given
 * afterwards, the next attempt finds the user by the anchor and gives it.
 */
record NameExchange(LDAPInterface directory, Users users, TargetSettings settings) {
    /**
     * Frees names.
     *
     * @param conflicts users whose names are taken
     * @param known their entries
     * @return those who have stepped aside
     */
    Set<SourceAnchor> of(List<Account> conflicts, Map<SourceAnchor, List<Entry>> known)
            throws LDAPException {
        Map<SourceAnchor, SourceAnchor> waitsFor = new HashMap<>();
        for (Account account : conflicts) {
            owner(account).ifPresent(owner -> waitsFor.put(account.anchor(), owner));
        }
        // whoever waits for somebody else stays, and so does whoever waits for him
        while (waitsFor.values().retainAll(Set.copyOf(waitsFor.keySet()))) {
            continue;
        }
        Set<SourceAnchor> inTheWay = new HashSet<>(waitsFor.values());
        LoginName name = new LoginName(directory, settings.loginAttribute());
        for (SourceAnchor anchor : inTheWay) {
            name.give(known.get(anchor).get(0), "exchange-" + UUID.randomUUID());
        }
        return inTheWay;
    }

    /** Who of ours has the name that the account is to get. */
    private Optional<SourceAnchor> owner(Account account) throws LDAPException {
        Set<SourceAnchor> owners =
                users.having(settings.loginAttribute(), account.loginName()).stream()
                        .filter(entry -> entry.hasAttribute(settings.anchorAttribute()))
                        .map(users::anchor)
                        .collect(Collectors.toSet());
        owners.remove(account.anchor());
        return owners.stream().findFirst();
    }
}
