/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ItemOutcome;
import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.PasswordTarget;
import io.passbridge.connector.PasswordUpdate;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.Digest;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.itests.lab.KeycloakLab.Attempt;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Somebody of the source, who is in the realm too. */
record Person(Realm realm, SourceAnchor anchor, String login) {
    static Person in(Realm realm, String login) throws Exception {
        Person person = new Person(realm, new SourceAnchor("anchor-of-" + login), login);
        realm.addUser(person.anchor(), login);
        return person;
    }

    PasswordUpdate update(long version, Digest digest, AccountState.Flag... flags) {
        return update(version, Instant.now(), Optional.of(digest), flags);
    }

    PasswordUpdate update(
            long version, Instant changedAt, Optional<Digest> digest, AccountState.Flag... flags) {
        return new PasswordUpdate(
                anchor, new ChangeVersion(0, version), changedAt, AccountState.of(flags), digest);
    }

    PasswordUpdate stateOnly(long version, AccountState.Flag... flags) {
        return update(version, Instant.now(), Optional.empty(), flags);
    }

    /** The outcome of one update. */
    static Outcome apply(PasswordTarget target, PasswordUpdate update) throws ConnectorException {
        List<ItemOutcome> outcomes = target.apply(List.of(update));
        assertThat(outcomes).hasSize(1);
        return outcomes.get(0).outcome();
    }

    /** Applies one update as the platform does: again, as long as it is to be tried again. */
    static Outcome applyUntilDone(PasswordTarget target, PasswordUpdate update)
            throws ConnectorException {
        Outcome outcome = apply(target, update);
        for (int i = 0; i < 20 && outcome == Outcome.RETRY; i++) {
            outcome = apply(target, update);
        }
        return outcome;
    }

    Attempt signIn(String password) throws Exception {
        return realm.signIn(login, password);
    }
}
