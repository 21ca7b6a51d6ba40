/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.host;

import io.passbridge.connector.ConnectorException;
import io.passbridge.credential.Secret;
import io.passbridge.health.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The accounts with which connector instances sign in to their systems. A service, thread-safe.
 * Every change is journalled before it takes effect; if that is impossible it is refused.
 */
@ProviderType
public interface AccountAdministration {
    /**
     * Every connector instance that signs in with a secret, and every stored account whose instance
     * is gone, by instance name.
     *
     * @throws ConnectorException of kind {@code UNREACHABLE} if the store cannot be read
     */
    List<AccountStatus> accounts() throws ConnectorException;

    /**
     * Verifies a secret at the instance's system over a fresh connection and stores it sealed.
     * Unless {@link Leave#UNVERIFIED} allows it, nothing is stored when the verification finds an
     * error; unless {@link Leave#ANYWAY} does, nothing while there is an {@link #objection}.
     *
     * @param instance the connector instance
     * @param name the account's name at its system, or empty to keep the stored one
     * @param secret stays the caller's to close
     * @param leave what the administrator allows
     * @param actor who does it, for the journal
     * @return what the verification found, and whether the secret was stored
     * @throws ConnectorException of kind {@code NOT_FOUND} if there is no such instance; of kind
     *     {@code REJECTED} if the key set is locked or the journal or store cannot be written
     */
    Outcome set(String instance, String name, Secret secret, Set<Leave> leave, String actor)
            throws ConnectorException, InterruptedException;

    /**
     * Why this server should leave the account of an instance alone: another server is at work on
     * the store that they share, or the stored secret belongs to a key set that this one lacks, so
     * that replacing it would destroy what an export of that key set opens.
     *
     * @return a sentence with the remedy; empty if nothing speaks against a change
     * @throws ConnectorException if no secret can be kept now, as under a locked key set
     */
    Optional<String> objection(String instance) throws ConnectorException;

    /**
     * Has the system make a new secret for the account, stores it sealed and verifies it.
     *
     * @throws ConnectorException of kind {@code REJECTED} if the system cannot do this or a
     *     precondition fails; the message tells whether the old secret still holds
     */
    Outcome reset(String instance, Set<Leave> leave, String actor)
            throws ConnectorException, InterruptedException;

    /**
     * Tests the account as it is stored, and remembers that it worked.
     *
     * @throws ConnectorException if the instance cannot be tested
     */
    Outcome verify(String instance) throws ConnectorException, InterruptedException;

    /**
     * What came of it.
     *
     * @param findings of the instance's test
     * @param verified whether the test found no error
     * @param stored whether the secret is stored now
     */
    record Outcome(List<Finding> findings, boolean verified, boolean stored) {
        public Outcome {
            findings = List.copyOf(findings);
        }
    }

    /**
     * The account of an instance.
     *
     * @param instance the connector instance
     * @param type the connector's type, or {@code ?} if no bundle serves the instance
     * @param name the account's name; may be empty
     * @param state where it stands
     * @param setAt when its secret was set
     * @param verifiedAt when it last worked
     */
    record AccountStatus(
            String instance,
            String type,
            String name,
            State state,
            Optional<Instant> setAt,
            Optional<Instant> verifiedAt) {}

    /** What an administrator allows, having been told. */
    enum Leave {
        /** Store the secret although it could not be verified. */
        UNVERIFIED,
        /** Write although there is an {@link #objection}. */
        ANYWAY
    }

    /** Where an account stands. */
    enum State {
        /** A secret is stored and can be opened. */
        SET,
        /** No secret is stored: {@code account:set} is due. */
        MISSING,
        /**
         * A secret is stored that cannot be opened now: the key set is locked or its key disabled.
         */
        LOCKED,
        /** The stored secret belongs to a key set or key that this server does not have. */
        FOREIGN,
        /** The stored secret is lost, for instance under an abandoned key set. */
        LOST,
        /** A secret is stored for an instance that is no longer configured. */
        ORPHANED
    }
}
