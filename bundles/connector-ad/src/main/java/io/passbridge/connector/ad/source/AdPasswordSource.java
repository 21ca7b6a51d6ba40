/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import io.passbridge.connector.AccountSource;
import io.passbridge.connector.ChangePage;
import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.PasswordSource;
import io.passbridge.connector.Watermark;
import io.passbridge.connector.ad.replication.ReplicationException;
import io.passbridge.credential.Account;
import io.passbridge.credential.CredentialChange;
import io.passbridge.credential.SourceAnchor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Reads users, hashes and states from whichever domain controller works. */
final class AdPasswordSource implements PasswordSource, AccountSource {
    private final AdSettings settings;
    private final ConnectorContext context;
    private final Controllers controllers;
    private ChangeRun run;
    private long runs;

    AdPasswordSource(AdSettings settings, ConnectorContext context, Controllers controllers) {
        this.settings = settings;
        this.context = context;
        this.controllers = controllers;
    }

    @Override
    public ChangePage changes(Watermark after, int limit) throws ConnectorException {
        AdWatermark position = AdWatermark.parse(after);
        return controllers.call(
                controller -> {
                    boolean goesOn =
                            run != null
                                    && run.standsAt(position)
                                    && run.controller() == controller
                                    && controllers.isCurrent(controller);
                    if (!goesOn) {
                        begin(position, controller);
                    }
                    try {
                        ChangePage page = run.next(limit);
                        if (!page.more()) {
                            end();
                        }
                        return page;
                    } catch (Exception e) {
                        end();
                        throw e;
                    }
                });
    }

    private void begin(AdWatermark position, Controller controller) throws ConnectorException {
        end();
        run = new ChangeRun(++runs, position, controller, settings, context);
    }

    private void end() {
        if (run != null) {
            run.close();
            run = null;
        }
    }

    @Override
    public List<CredentialChange> read(Collection<SourceAnchor> anchors) throws ConnectorException {
        return controllers.call(
                controller -> {
                    DomainDirectory directory = controller.directory();
                    UserReading reading =
                            new UserReading(
                                    Scope.locate(
                                            settings,
                                            directory,
                                            context.dataFolder().resolve("scope.properties")),
                                    new UserStates(directory.maxPasswordAge()),
                                    FileTime.of(context.clock().instant()));
                    List<CredentialChange> changes = new ArrayList<>();
                    try {
                        for (SourceAnchor anchor : anchors) {
                            changes.add(known(reading, controller, anchor));
                        }
                        return changes;
                    } catch (Exception e) {
                        changes.forEach(CredentialChange::close);
                        throw e;
                    }
                });
    }

    private static CredentialChange known(
            UserReading reading, Controller controller, SourceAnchor anchor)
            throws ConnectorException, ReplicationException {
        try {
            return reading.readKnown(controller.replication(), UUID.fromString(anchor.value()));
        } catch (UnreadableUserException e) {
            // not of the kind that ends a run: the platform asks for the other users alone
            throw new ConnectorException(Kind.REJECTED, e.getMessage());
        }
    }

    @Override
    public List<Account> accounts(Collection<SourceAnchor> anchors) throws ConnectorException {
        return controllers.call(controller -> controller.directory().accounts(anchors));
    }

    @Override
    public List<Account> find(String name) throws ConnectorException {
        return controllers.call(controller -> controller.directory().find(name));
    }
}
