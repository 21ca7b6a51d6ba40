/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.settings;

import com.unboundid.ldap.sdk.Filter;
import java.util.List;

/**
 * Which entries are users in scope.
 *
 * @param bases distinguished names, at least one; users stand at or below one of them
 * @param filter what all users match
 * @param places which parts of the bases count
 * @param groups distinguished names of groups; users are members of one of them, directly or
 *     through groups in it. Empty for no such condition
 */
public record Scope(List<String> bases, Filter filter, Places places, List<String> groups) {
    public Scope {
        bases = List.copyOf(bases);
        groups = List.copyOf(groups);
    }

    /** A text that changes with the set of users that are meant. */
    public String description() {
        String text = String.join(";", bases) + "|" + filter + "|" + String.join(";", groups);
        // as it was before there were places, so that nobody has to read everybody again
        return places.equals(Places.ALL) ? text : text + "|" + places;
    }
}
