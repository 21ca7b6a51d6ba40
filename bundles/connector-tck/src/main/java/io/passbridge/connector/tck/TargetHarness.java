/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.tck;

import io.passbridge.connector.Connector;
import io.passbridge.connector.PasswordTarget;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.Digest;
import io.passbridge.credential.SourceAnchor;
import java.util.Collection;
import java.util.Optional;

/** A target system that a contract can look into. */
public interface TargetHarness extends ConnectorHarness {
    /** Adds a user without a password, in whichever way the system has. */
    void addUser(SourceAnchor user, String loginName) throws Exception;

    /**
     * A well-formed digest of a scheme that the target lists; different numbers, different digests.
     */
    Digest digest(int number);

    /**
     * The target of a connector. One whose digests belong to their user, version and state, as
     * sealed ones do, is given with a layer over it that makes them so: {@link #digest} is asked
     * without knowing for whom.
     */
    default PasswordTarget target(Connector connector) {
        return connector.capability(PasswordTarget.class).orElseThrow();
    }

    /** The digest that the system holds for a user now, in the target's own form. */
    Optional<String> storedDigest(SourceAnchor user) throws Exception;

    /**
     * Whether a user can sign in at the system with a password; empty if the harness cannot try.
     */
    default Optional<Boolean> signsIn(String loginName, String password) throws Exception {
        return Optional.empty();
    }

    /**
     * The values that the system holds of a free attribute of a user; needed by {@link
     * AccountTargetContract} only.
     */
    default Collection<String> attribute(SourceAnchor user, String name) throws Exception {
        throw new UnsupportedOperationException("the harness cannot look at attributes");
    }

    /** Whether an attribute of a user may have more than one value. */
    default boolean takesSeveralValues() {
        return true;
    }

    /** What the system holds of a user's state now; other flags are ignored. */
    boolean maySignIn(SourceAnchor user, AccountState applied) throws Exception;
}
