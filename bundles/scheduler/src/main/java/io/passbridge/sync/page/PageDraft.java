/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.page;

import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.PasswordUpdate;
import io.passbridge.credential.Account;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.CredentialChange;
import io.passbridge.credential.Digest;
import io.passbridge.credential.SourceCredential;
import io.passbridge.store.SyncState.UserState;
import io.passbridge.sync.gate.Gates;
import io.passbridge.sync.gate.Verdict;
import io.passbridge.sync.route.RouteSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.Optional;
import java.util.Set;

/** A page in the making: each user's verdict becomes what is to be written, digested or owed. */
final class PageDraft {
    private final RouteSettings settings;
    private final Instant now;
    private final boolean statesMayHidePasswords;
    private final List<Entry> entries = new ArrayList<>();
    private final List<UserState> refused = new ArrayList<>();
    private final List<UserState> settled = new ArrayList<>();
    private final List<Owed> owed = new ArrayList<>();
    private final List<Owed> rereads = new ArrayList<>();
    private int unchanged;
    private int deletions;

    /** Somebody to be written, in the order of the page. */
    private sealed interface Entry {}

    private record Ready(PreparedUser user) implements Entry {}

    private record Undigested(CredentialChange change) implements Entry {}

    /**
     * @param statesMayHidePasswords whether a change without a credential says nothing about
     *     whether the source holds one, as in a delta run
     */
    PageDraft(RouteSettings settings, Instant now, boolean statesMayHidePasswords) {
        this.settings = settings;
        this.now = now;
        this.statesMayHidePasswords = statesMayHidePasswords;
    }

    void owe(CredentialChange change, String reason) {
        owed.add(Owed.of(change, reason));
    }

    void add(CredentialChange change, UserState before, Verdict verdict) {
        if (verdict instanceof Verdict.Unchanged) {
            unchanged++;
            namesAlone(change);
            if (change.version().equals(ChangeVersion.NONE)) {
                settled.add(before); // the source has nothing that a retry could send
            }
        } else if (verdict instanceof Verdict.Outside) {
            outside(change, before);
        } else if (verdict instanceof Verdict.Refused no) {
            refused.add(
                    new UserState(
                            change.anchor(),
                            change.version(),
                            change.state(),
                            Outcome.REJECTED,
                            no.reason(),
                            now));
        } else if (verdict instanceof Verdict.SendState send) {
            stateAlone(change, before, send);
        } else if (verdict instanceof Verdict.SendAsIs send) {
            ready(withDigest(change, send.digest()));
        } else {
            entries.add(new Undigested(change));
        }
    }

    /** Nothing is sent, but whoever is seen is counted; once is enough. */
    private void outside(CredentialChange change, UserState before) {
        unchanged++;
        if (before == null) {
            settled.add(
                    new UserState(
                            change.anchor(),
                            change.version(),
                            Gates.leaving(change.state()),
                            Outcome.ALREADY,
                            "left out by the route's include and exclude",
                            now));
        }
    }

    private void namesAlone(CredentialChange change) {
        if (account(change).isPresent() && !Gates.gone(change.state())) {
            ready(
                    new PreparedUser(
                            change.anchor(),
                            change.version(),
                            change.state(),
                            Optional.empty(),
                            "",
                            account(change)));
        }
    }

    private void stateAlone(CredentialChange change, UserState before, Verdict.SendState send) {
        AccountState state = send.state();
        boolean gone = Gates.gone(state);
        if (statesMayHidePasswords
                && change.credential().isEmpty()
                && !gone
                && !Gates.inStep(before)) {
            rereads.add(Owed.of(change, "not in step yet; password and state are read again"));
            return;
        }
        deletions += gone && before != null && !Gates.gone(before.state()) ? 1 : 0;
        ChangeVersion recorded = change.version();
        if (gone && before != null && before.version().compareTo(recorded) > 0) {
            recorded = before.version();
        }
        // the version of a password that is refused stays free, should it be sent one day
        boolean refused = !send.refusal().isEmpty();
        ChangeVersion free = before == null ? ChangeVersion.NONE : before.version();
        ready(
                new PreparedUser(
                        change.anchor(),
                        recorded,
                        state,
                        Optional.of(
                                new PasswordUpdate(
                                        change.anchor(),
                                        refused ? free : recorded,
                                        change.changedAt(),
                                        state,
                                        Optional.empty())),
                        send.refusal(),
                        gone ? Optional.empty() : account(change)));
    }

    private PreparedUser withDigest(CredentialChange change, Digest digest) {
        return new PreparedUser(
                change.anchor(),
                change.version(),
                change.state(),
                Optional.of(
                        new PasswordUpdate(
                                change.anchor(),
                                change.version(),
                                change.changedAt(),
                                change.state(),
                                Optional.of(digest))),
                "",
                account(change));
    }

    private Optional<Account> account(CredentialChange change) {
        return settings.policy().createAccounts() ? change.account() : Optional.empty();
    }

    /** Users who would be deleted or moved out of scope by this page. */
    int deletions() {
        return deletions;
    }

    List<SourceCredential> credentials() {
        return undigested().stream().map(change -> change.credential().orElseThrow()).toList();
    }

    List<CredentialChange> undigested() {
        return entries.stream()
                .filter(Undigested.class::isInstance)
                .map(entry -> ((Undigested) entry).change())
                .toList();
    }

    /**
     * @param digests of {@link #credentials}, empty where the scheme failed
     */
    void digested(List<Optional<Digest>> digests) {
        Iterator<Optional<Digest>> next = digests.iterator();
        for (ListIterator<Entry> each = entries.listIterator(); each.hasNext(); ) {
            if (each.next() instanceof Undigested undigested) {
                CredentialChange change = undigested.change();
                Optional<Digest> digest = next.next();
                if (digest.isPresent()) {
                    each.set(new Ready(withDigest(change, digest.get())));
                } else {
                    each.remove();
                    owe(
                            change,
                            "digest scheme %s failed for this credential"
                                    .formatted(settings.policy().digest()));
                }
            }
        }
    }

    private void ready(PreparedUser user) {
        entries.add(new Ready(user));
    }

    private List<PreparedUser> users() {
        return entries.stream()
                .filter(Ready.class::isInstance)
                .map(entry -> ((Ready) entry).user())
                .toList();
    }

    PreparedPage finish(PageOrigin origin) {
        return new PreparedPage(
                origin, users(), refused, settled, owed, rereads, unchanged, Set.of());
    }
}
