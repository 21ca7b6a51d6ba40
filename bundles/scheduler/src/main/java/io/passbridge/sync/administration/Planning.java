/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.administration;

import io.passbridge.credential.Account;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.credential.CredentialChange;
import io.passbridge.store.SyncState.UserState;
import io.passbridge.sync.PlannedChange;
import io.passbridge.sync.PlannedChange.Kind;
import io.passbridge.sync.gate.Gates;
import io.passbridge.sync.gate.Verdict;
import io.passbridge.sync.route.Words;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says in words what a verdict means for a user. */
final class Planning {
    private Planning() {}

    /**
     * What would be done for a user; empty if nothing.
     *
     * @param before what the route last did, or null
     */
    static Optional<PlannedChange> of(CredentialChange change, UserState before, Verdict verdict) {
        if (verdict instanceof Verdict.Unchanged || verdict instanceof Verdict.Outside) {
            return Optional.empty();
        }
        if (verdict instanceof Verdict.Refused no) {
            return Optional.of(planned(change, Kind.REFUSE, no.reason()));
        }
        if (verdict instanceof Verdict.SendState send) {
            return state(change, before, send);
        }
        if (before == null || Gates.gone(before.state())) {
            return Optional.of(planned(change, Kind.CREATE, "new on this route"));
        }
        if (before.state().mayStillSignIn() != change.state().mayStillSignIn()) {
            return Optional.of(switched(change, change.state()));
        }
        return Optional.of(planned(change, Kind.PASSWORD, password(change, before)));
    }

    private static String password(CredentialChange change, UserState before) {
        return before.version().equals(change.version())
                ? "sent anew; last time " + Words.of(before.outcome()) + ": " + detail(before)
                : "changed at the source at " + change.changedAt();
    }

    private static String detail(UserState before) {
        return before.detail().isEmpty() ? "at " + before.at() : before.detail();
    }

    private static Optional<PlannedChange> state(
            CredentialChange change, UserState before, Verdict.SendState send) {
        AccountState state = send.state();
        if (Gates.gone(state)) {
            // who is not there cannot go
            return before == null || Gates.gone(before.state())
                    ? Optional.empty()
                    : Optional.of(
                            state.has(Flag.DELETED)
                                    ? planned(change, Kind.DELETE, "deleted at the source")
                                    : planned(change, Kind.LEAVE, leaving(change)));
        }
        if (before == null || before.state().mayStillSignIn() != state.mayStillSignIn()) {
            return Optional.of(
                    before == null && state.mayStillSignIn()
                            ? planned(change, Kind.STATE, reason(send, state))
                            : switched(change, state));
        }
        return Optional.of(planned(change, Kind.STATE, reason(send, state)));
    }

    private static String leaving(CredentialChange change) {
        return change.state().has(Flag.OUT_OF_SCOPE)
                ? "out of the source's scope"
                : "left out by the route's include and exclude";
    }

    private static PlannedChange switched(CredentialChange change, AccountState state) {
        return state.mayStillSignIn()
                ? planned(change, Kind.ENABLE, "enabled at the source")
                : planned(change, Kind.DISABLE, flags(state));
    }

    private static String reason(Verdict.SendState send, AccountState state) {
        return send.refusal().isEmpty() ? flags(state) : flags(state) + "; " + send.refusal();
    }

    private static String flags(AccountState state) {
        return state.flags().isEmpty()
                ? "active"
                : state.flags().stream().map(Words::of).sorted().collect(Collectors.joining(", "));
    }

    static PlannedChange planned(CredentialChange change, Kind kind, String reason) {
        return new PlannedChange(
                change.anchor().value(),
                change.account().map(Account::loginName).orElse(change.anchor().value()),
                kind,
                reason);
    }
}
