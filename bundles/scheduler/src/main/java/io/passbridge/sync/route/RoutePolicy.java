/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.route;

import io.passbridge.credential.UserPassword;
import java.util.Set;

/**
 * Who of the source reaches the target, and in which form.
 *
 * @param scope whom the route is for
 * @param digest the digest scheme's name, in lower case
 * @param passThrough which kinds of value go as they are, without braces and in upper case; {@code
 *     *} for every kind
 * @param createAccounts whether users are made and renamed at the target
 * @param skipMustChange whether a password that has to be changed first is held back
 */
public record RoutePolicy(
        ScopeFilter scope,
        String digest,
        Set<String> passThrough,
        boolean createAccounts,
        boolean skipMustChange,
        boolean allowSourceCredentials) {
    public RoutePolicy {
        passThrough = Set.copyOf(passThrough);
    }

    public boolean passesThrough(UserPassword password) {
        return passThrough.contains("*")
                || password.passwordKind().isPresent()
                        && passThrough.stream().anyMatch(password.passwordKind().get()::isNamed);
    }
}
