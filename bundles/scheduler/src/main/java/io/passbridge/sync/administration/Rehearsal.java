/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.administration;

import io.passbridge.connector.AccountRehearsal;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ItemOutcome;
import io.passbridge.credential.Account;
import io.passbridge.credential.CredentialChange;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.store.SyncState.UserState;
import io.passbridge.sync.PlannedChange;
import io.passbridge.sync.PlannedChange.Kind;
import io.passbridge.sync.gate.Gates;
import io.passbridge.sync.gate.Verdict;
import io.passbridge.sync.page.EngineServices;
import io.passbridge.sync.route.RouteSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a page would do, as far as the target can say of its user objects. One thread. */
final class Rehearsal {
    private final List<Part> parts = new ArrayList<>();

    private record Part(
            CredentialChange change,
            UserState before,
            Verdict verdict,
            Optional<PlannedChange> planned) {
        /** Whether the user object is written before anything else. */
        boolean provisions() {
            return change.account().isPresent()
                    && !Gates.gone(change.state())
                    && !(verdict instanceof Verdict.Refused)
                    && !(verdict instanceof Verdict.Outside)
                    && planned.map(plan -> !plan.deletion()).orElse(true);
        }
    }

    void add(
            CredentialChange change,
            UserState before,
            Verdict verdict,
            Optional<PlannedChange> planned) {
        parts.add(new Part(change, before, verdict, planned));
    }

    /** Everybody who changes, in the order in which they were added. */
    List<PlannedChange> changes(EngineServices platform, RouteSettings route)
            throws ConnectorException, InterruptedException {
        Map<SourceAnchor, ItemOutcome> outcomes = outcomes(platform, route);
        List<PlannedChange> changes = new ArrayList<>();
        for (Part part : parts) {
            ItemOutcome outcome = outcomes.get(part.change().anchor());
            (outcome == null ? part.planned() : told(part, outcome)).ifPresent(changes::add);
        }
        return changes;
    }

    private Map<SourceAnchor, ItemOutcome> outcomes(EngineServices platform, RouteSettings route)
            throws ConnectorException, InterruptedException {
        Map<SourceAnchor, ItemOutcome> outcomes = new HashMap<>();
        List<Account> accounts =
                parts.stream()
                        .filter(Part::provisions)
                        .map(part -> part.change().account().orElseThrow())
                        .toList();
        if (route.policy().createAccounts()
                && !accounts.isEmpty()
                && platform.connectors().has(route.target(), AccountRehearsal.class)) {
            platform.connectors()
                    .call(route.target(), AccountRehearsal.class, t -> t.rehearse(accounts))
                    .forEach(outcome -> outcomes.put(outcome.anchor(), outcome));
        }
        return outcomes;
    }

    private static Optional<PlannedChange> told(Part part, ItemOutcome outcome) {
        switch (outcome.outcome()) {
            case ALREADY:
                return part.planned();
            case APPLIED:
                return Optional.of(
                        part.planned()
                                .map(plan -> with(plan, outcome.detail()))
                                .orElseGet(
                                        () ->
                                                Planning.planned(
                                                        part.change(),
                                                        part.before() == null
                                                                ? Kind.CREATE
                                                                : Kind.RENAME,
                                                        outcome.detail())));
            default:
                return Optional.of(Planning.planned(part.change(), Kind.REFUSE, outcome.detail()));
        }
    }

    private static PlannedChange with(PlannedChange plan, String detail) {
        return new PlannedChange(
                plan.anchor(), plan.user(), plan.kind(), plan.reason() + "; " + detail);
    }
}
