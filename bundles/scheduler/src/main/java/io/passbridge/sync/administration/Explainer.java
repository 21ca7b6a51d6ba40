/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.administration;

import io.passbridge.connector.AccountSource;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.PasswordSource;
import io.passbridge.connector.PasswordTarget;
import io.passbridge.credential.Account;
import io.passbridge.credential.CredentialChange;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.health.Finding;
import io.passbridge.store.StoreException;
import io.passbridge.store.SyncState.Person;
import io.passbridge.store.SyncState.Retry;
import io.passbridge.store.SyncState.UserState;
import io.passbridge.sync.Explanation;
import io.passbridge.sync.Gate;
import io.passbridge.sync.Gate.Verdict;
import io.passbridge.sync.RouteStatus;
import io.passbridge.sync.RouteStatus.Phase;
import io.passbridge.sync.SyncException;
import io.passbridge.sync.gate.GateTrace;
import io.passbridge.sync.gate.Gates;
import io.passbridge.sync.page.EngineServices;
import io.passbridge.sync.route.RouteSettings;
import io.passbridge.sync.route.Words;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Leads one user through every gate of a route and says which one stopped it. Changes nothing. */
final class Explainer {
    private static final Set<Phase> GOING = EnumSet.of(Phase.IDLE, Phase.RUNNING);

    private final EngineServices platform;

    Explainer(EngineServices platform) {
        this.platform = platform;
    }

    List<Explanation> explain(
            String user, List<RouteSettings> routes, Function<RouteSettings, RouteStatus> statuses)
            throws SyncException, InterruptedException {
        List<Explanation> explanations = new ArrayList<>();
        for (RouteSettings route : routes) {
            List<Account> found = find(route, user);
            if (found.isEmpty()) {
                explanations.addAll(unknown(route, user));
            }
            for (Account account : found) {
                explanations.add(one(route, account, statuses.apply(route)));
            }
        }
        return explanations;
    }

    List<SourceAnchor> anchors(RouteSettings route, String user)
            throws SyncException, InterruptedException {
        List<SourceAnchor> anchors = find(route, user).stream().map(Account::anchor).toList();
        if (anchors.isEmpty()) {
            throw new SyncException("source %s knows no user '%s'".formatted(route.source(), user));
        }
        if (anchors.size() > 1) {
            throw new SyncException("'%s' fits %s; name one of them".formatted(user, anchors));
        }
        return anchors;
    }

    private List<Account> find(RouteSettings route, String user)
            throws SyncException, InterruptedException {
        if (!platform.connectors().has(route.source(), AccountSource.class)) {
            return List.of(Account.named(new SourceAnchor(user), user));
        }
        try {
            return platform.connectors()
                    .call(route.source(), AccountSource.class, source -> source.find(user));
        } catch (ConnectorException e) {
            throw new SyncException(
                    "source %s cannot look '%s' up: %s"
                            .formatted(route.source(), user, e.getMessage()),
                    e);
        }
    }

    private List<Explanation> unknown(RouteSettings route, String user) throws SyncException {
        try {
            List<Person> unusable = platform.state().unusable(route.name(), user);
            return unusable.isEmpty()
                    ? List.of(
                            stopped(
                                    route,
                                    user,
                                    "source %s knows no user '%s'".formatted(route.source(), user)))
                    : unusable.stream()
                            .map(
                                    person ->
                                            stopped(
                                                    route,
                                                    user,
                                                    "source %s cannot use %s: %s"
                                                            .formatted(
                                                                    route.source(),
                                                                    person.place(),
                                                                    person.reason())))
                            .toList();
        } catch (StoreException e) {
            throw new SyncException("the store does not answer: " + e.getMessage(), e);
        }
    }

    /** The login names that the source has for these anchors; none if it cannot be asked. */
    Map<String, String> names(RouteSettings route, Collection<String> anchors)
            throws InterruptedException {
        if (anchors.isEmpty() || !platform.connectors().has(route.source(), AccountSource.class)) {
            return Map.of();
        }
        List<SourceAnchor> wanted = anchors.stream().map(SourceAnchor::new).toList();
        try {
            return platform
                    .connectors()
                    .call(route.source(), AccountSource.class, source -> source.accounts(wanted))
                    .stream()
                    .collect(
                            Collectors.toMap(
                                    account -> account.anchor().value(),
                                    Account::loginName,
                                    (one, other) -> one));
        } catch (ConnectorException e) {
            return Map.of();
        }
    }

    private static Explanation stopped(RouteSettings route, String user, String text) {
        return new Explanation(
                route.name(), user, text, List.of(new Gate("source", Verdict.STOPPED, text)));
    }

    private Explanation one(RouteSettings route, Account account, RouteStatus status)
            throws SyncException, InterruptedException {
        Steps steps = new Steps();
        steps.add(
                "route",
                GOING.contains(status.phase()) ? Verdict.PASSED : Verdict.STOPPED,
                () ->
                        Words.of(status.phase())
                                + (status.reason().isEmpty() ? "" : ": ")
                                + status.reason());
        SourceAnchor anchor = account.anchor();
        String user = account.loginName() + " (" + anchor + ")";
        try {
            UserState known = platform.state().users(route.name(), List.of(anchor)).get(anchor);
            Optional<Retry> retry = platform.state().retry(route.name(), anchor);
            Set<String> schemes =
                    platform.connectors()
                            .ask(
                                    route.target(),
                                    PasswordTarget.class,
                                    target -> Set.copyOf(target.schemes()));
            List<CredentialChange> read =
                    platform.connectors()
                            .call(
                                    route.source(),
                                    PasswordSource.class,
                                    source -> source.read(List.of(anchor)));
            try {
                for (CredentialChange change : read) {
                    gates(route, schemes, change.withAccount(Optional.of(account)), known, steps);
                }
            } finally {
                read.forEach(CredentialChange::close);
            }
            target(route, known, retry, steps);
            return new Explanation(route.name(), user, summary(steps), steps.gates());
        } catch (ConnectorException e) {
            steps.stopped("connectors", e::getMessage);
            return new Explanation(route.name(), user, e.getMessage(), steps.gates());
        } catch (StoreException e) {
            throw new SyncException("the store does not answer: " + e.getMessage(), e);
        }
    }

    private void gates(
            RouteSettings route,
            Set<String> schemes,
            CredentialChange change,
            UserState known,
            Steps steps) {
        steps.passed(
                "source", () -> "version " + change.version() + ", changed " + change.changedAt());
        new Gates(route, schemes, platform.schemes().find(route.policy().digest()).orElse(null))
                .judge(change, known, true, steps);
    }

    private static void target(
            RouteSettings route, UserState known, Optional<Retry> retry, Steps steps) {
        if (retry.isPresent()) {
            steps.stopped(
                    "retry queue",
                    () ->
                            "%s after %s; tried again at %s"
                                    .formatted(
                                            retry.get().reason(),
                                            Finding.count(
                                                    retry.get().attempts(), "attempt", "attempts"),
                                            retry.get().dueAt()));
        } else if (known == null) {
            steps.stopped("target", () -> "the route has not dealt with this user yet");
        } else if (Gates.gone(known.state())) {
            steps.stopped(
                    "target",
                    () ->
                            "nothing is kept in step at %s since %s"
                                    .formatted(route.target(), known.at()));
        } else if (known.outcome() == Outcome.APPLIED || known.outcome() == Outcome.ALREADY) {
            steps.passed(
                    "target",
                    () ->
                            "%s holds version %s since %s"
                                    .formatted(route.target(), known.version(), known.at()));
        } else {
            steps.stopped(
                    "target",
                    () ->
                            "%s at %s: %s"
                                    .formatted(
                                            Words.of(known.outcome()), known.at(), known.detail()));
        }
    }

    private static String summary(Steps steps) {
        Optional<Gate> stopped =
                steps.gates().stream().filter(g -> g.verdict() == Verdict.STOPPED).findFirst();
        return stopped.map(gate -> "stopped at '%s': %s".formatted(gate.name(), gate.text()))
                .orElse("in step");
    }

    /** Collects gates with their texts. */
    private static final class Steps implements GateTrace {
        private final List<Gate> gates = new ArrayList<>();

        @Override
        public void add(String name, Verdict verdict, Supplier<String> text) {
            gates.add(new Gate(name, verdict, text.get()));
        }

        List<Gate> gates() {
            return List.copyOf(gates);
        }
    }
}
