/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.samba;

import io.passbridge.connector.AccountTarget;
import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.ItemOutcome;
import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.PasswordTarget;
import io.passbridge.connector.PasswordUpdate;
import io.passbridge.connector.SealedRecipient;
import io.passbridge.connector.samba.wire.Message;
import io.passbridge.credential.Account;
import io.passbridge.credential.LegacyAlgorithm;
import io.passbridge.credential.Recipient;
import io.passbridge.credential.SourceAnchor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Carries users, states and sealed credentials to the agent. Thread-safe. */
final class SambaTarget implements PasswordTarget, AccountTarget, SealedRecipient {
    static final String SCHEME = "hpke";

    private final ConnectorContext context;
    private final Agent agent;

    SambaTarget(ConnectorContext context, Agent agent) {
        this.context = context;
        this.agent = agent;
    }

    @Override
    public Set<String> schemes() throws ConnectorException {
        return sealable() ? Set.of(SCHEME) : Set.of();
    }

    /** Under the FIPS policy something else takes the place of HPKE, if the agent has a key. */
    private boolean sealable() throws ConnectorException {
        return context.legacyPolicy()
                        .permits(LegacyAlgorithm.HPKE, LegacyAlgorithm.SEAL_CREDENTIALS)
                || agent.hasApprovedKey();
    }

    @Override
    public Optional<String> refusal(String scheme) throws ConnectorException {
        if (!scheme.equals(SCHEME) || sealable()) {
            return Optional.empty();
        }
        return context.legacyPolicy()
                .refusal(LegacyAlgorithm.HPKE, LegacyAlgorithm.SEAL_CREDENTIALS)
                .map(text -> text + ", or copy recipient.pub of an agent that has a key of P-256");
    }

    @Override
    public Recipient recipient() throws ConnectorException {
        return agent.recipient();
    }

    @Override
    public List<ItemOutcome> provision(List<Account> batch) throws ConnectorException {
        List<Message> messages =
                batch.stream()
                        .map(
                                account ->
                                        Message.of(
                                                "anchor", account.anchor().value(),
                                                "login", account.loginName(),
                                                "displayName", account.displayName(),
                                                "givenName", account.givenName(),
                                                "sn", account.familyName(),
                                                "mail", account.mail()))
                        .toList();
        return outcomes(
                batch.stream().map(Account::anchor).toList(),
                agent.exchange("accounts", messages, true));
    }

    @Override
    public List<ItemOutcome> apply(List<PasswordUpdate> batch) throws ConnectorException {
        for (PasswordUpdate update : batch) {
            if (update.digest().isPresent() && !update.digest().get().scheme().equals(SCHEME)) {
                throw new ConnectorException(
                        Kind.SCHEME_UNSUPPORTED,
                        "a Samba domain cannot take " + update.digest().get().scheme());
            }
        }
        List<Message> messages =
                batch.stream()
                        .map(
                                update ->
                                        Message.of(
                                                "anchor",
                                                update.anchor().value(),
                                                "version",
                                                update.version().toString(),
                                                "changed",
                                                Long.toString(update.changedAt().toEpochMilli()),
                                                "sent",
                                                Long.toString(context.clock().millis()),
                                                "state",
                                                Integer.toString(update.state().toBits()),
                                                "sealed",
                                                update.digest().map(d -> d.encoded()).orElse("")))
                        .toList();
        return outcomes(
                batch.stream().map(PasswordUpdate::anchor).toList(),
                agent.exchange("passwords", messages, true));
    }

    private static List<ItemOutcome> outcomes(List<SourceAnchor> anchors, List<Message> answers)
            throws ConnectorException {
        List<ItemOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            Message answer = answers.get(i);
            if (!answer.text("anchor").equals(anchors.get(i).value())) {
                throw new ConnectorException(
                        Kind.OUTCOME_UNKNOWN, "the agent's answers are not in order");
            }
            try {
                outcomes.add(
                        new ItemOutcome(
                                anchors.get(i),
                                Outcome.valueOf(answer.text("outcome")),
                                answer.text("detail")));
            } catch (IllegalArgumentException e) {
                throw new ConnectorException(
                        Kind.OUTCOME_UNKNOWN, "the agent is of another version");
            }
        }
        return outcomes;
    }
}
