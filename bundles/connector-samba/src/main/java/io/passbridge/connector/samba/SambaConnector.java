/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.samba;

import io.passbridge.connector.AccountTarget;
import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.PasswordTarget;
import io.passbridge.connector.SealedRecipient;
import io.passbridge.connector.samba.wire.Message;
import io.passbridge.health.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One domain, by the agent on one of its controllers. */
final class SambaConnector implements Connector {
    private final ConnectorContext context;
    private final Agent agent;
    private final SambaTarget target;

    SambaConnector(ConnectorContext context, Settings settings) {
        this.context = context;
        this.agent = new Agent(context, settings);
        this.target = new SambaTarget(context, agent);
    }

    @Override
    public <C> Optional<C> capability(Class<C> type) {
        return type == PasswordTarget.class
                        || type == AccountTarget.class
                        || type == SealedRecipient.class
                ? Optional.of(type.cast(target))
                : Optional.empty();
    }

    @Override
    public List<Finding> test() {
        String subject = "connector " + context.configuration().instance();
        List<Finding> findings = new ArrayList<>();
        try {
            Message status = agent.status();
            findings.add(
                    Finding.ok(
                            subject,
                            "the agent writes users of %s below %s"
                                    .formatted(status.text("domain"), status.text("unit"))));
            findings.add(
                    status.text("recipient").equals(agent.recipientText())
                            ? Finding.ok(subject, "recipientKey is the agent's own")
                            : Finding.error(
                                    subject,
                                    "recipientKey is not the key of this agent, which will refuse"
                                            + " every password",
                                    "copy recipient.pub of the agent's folder again"));
        } catch (ConnectorException e) {
            findings.add(
                    Finding.error(
                            subject,
                            e.getMessage(),
                            "see that the agent runs and is paired with this platform"));
        }
        refusal()
                .ifPresent(
                        text ->
                                findings.add(
                                        Finding.error(
                                                subject, text, "see docs/connectors/samba.md")));
        return findings;
    }

    /** A file that cannot be read has been told of already. */
    private Optional<String> refusal() {
        try {
            return target.refusal(SambaTarget.SCHEME);
        } catch (ConnectorException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        agent.close();
    }
}
