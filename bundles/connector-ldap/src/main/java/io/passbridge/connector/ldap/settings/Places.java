/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.settings;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import java.util.List;

/**
 * Which parts of the bases count. Of all the names in both lists that an entry stands at or below,
 * the nearest decides, so that a part of what is left out can be taken after all.
 *
 * @param include what is taken; empty for everything that is not left out
 * @param exclude what is left out
 */
public record Places(List<DN> include, List<DN> exclude) {
    /** No part is left out. */
    public static final Places ALL = new Places(List.of(), List.of());

    public Places {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
    }

    /** Whether an entry of this name is in one of the parts that count. Thread-safe. */
    public boolean hold(String name) {
        if (include.isEmpty() && exclude.isEmpty()) {
            return true;
        }
        try {
            DN entry = new DN(name);
            int taken = include.isEmpty() ? 0 : nearest(include, entry);
            return taken > nearest(exclude, entry);
        } catch (LDAPException e) {
            return false;
        }
    }

    /** How deep the nearest of the names is that an entry stands at or below; -1 for none. */
    private static int nearest(List<DN> names, DN entry) {
        return names.stream()
                .filter(name -> entry.isDescendantOf(name, true))
                .mapToInt(name -> name.getRDNs().length)
                .max()
                .orElse(-1);
    }

    @Override
    public String toString() {
        return "+" + normal(include) + "-" + normal(exclude);
    }

    private static List<String> normal(List<DN> names) {
        return names.stream().map(DN::toNormalizedString).sorted().toList();
    }
}
