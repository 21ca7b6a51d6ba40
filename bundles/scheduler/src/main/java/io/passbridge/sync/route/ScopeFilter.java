/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.route;

import io.passbridge.credential.Account;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which users of a source belong to a route, by login name and aliases. */
public record ScopeFilter(List<Pattern> include, List<Pattern> exclude) {
    static final ScopeFilter ALL = new ScopeFilter(List.of(), List.of());

    public ScopeFilter {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
    }

    /** Whether the decision needs the user object at all. */
    public boolean needsAccount() {
        return !include.isEmpty() || !exclude.isEmpty();
    }

    public boolean admits(Account account) {
        return (include.isEmpty() || matches(include, account)) && !matches(exclude, account);
    }

    private static boolean matches(List<Pattern> patterns, Account account) {
        return Stream.concat(Stream.of(account.loginName()), account.aliases().stream())
                .anyMatch(name -> patterns.stream().anyMatch(p -> p.matcher(name).matches()));
    }
}
