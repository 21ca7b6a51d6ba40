/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif;

import io.passbridge.connector.AccountSource;
import io.passbridge.connector.ChangeSignal;
import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.PasswordSource;
import io.passbridge.connector.ldif.following.FileAccess;
import io.passbridge.connector.ldif.following.FileAccountSource;
import io.passbridge.connector.ldif.following.FilePasswordSource;
import io.passbridge.connector.ldif.following.FileSignal;
import io.passbridge.connector.ldif.following.SettleGate;
import io.passbridge.connector.ldif.following.UnusableRecords;
import io.passbridge.connector.ldif.record.AttributeNames;
import io.passbridge.connector.ldif.record.LdifFile;
import io.passbridge.connector.ldif.user.EntryMapping;
import io.passbridge.health.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One file, open as a source. */
final class LdifConnector implements Connector {
    private final LdifSettings settings;
    private final FileAccess access;
    private final EntryMapping mapping;
    private final AttributeNames names;
    private final List<Object> capabilities;

    LdifConnector(LdifSettings settings, ConnectorContext context) {
        this.settings = settings;
        List<String> configured = new ArrayList<>(settings.users().anchors());
        configured.addAll(settings.users().logins());
        configured.addAll(settings.users().mapping().attributes());
        names = new AttributeNames(configured);
        mapping = new EntryMapping(settings.users(), names, context.clock());
        SettleGate gate = new SettleGate(settings.file(), settings.settle());
        access =
                new FileAccess(
                        new LdifFile(settings.file(), settings.maxRecordBytes(), names),
                        mapping,
                        gate,
                        settings.reading());
        UnusableRecords bad = new UnusableRecords(settings.file(), context);
        capabilities =
                List.of(
                        new FilePasswordSource(access, context, bad),
                        new FileAccountSource(access),
                        new FileSignal(gate, context.executor()));
    }

    @Override
    public <C> Optional<C> capability(Class<C> type) {
        boolean offered =
                type == PasswordSource.class
                        || type == AccountSource.class
                        || type == ChangeSignal.class;
        return offered
                ? capabilities.stream().filter(type::isInstance).map(type::cast).findFirst()
                : Optional.empty();
    }

    @Override
    public List<Finding> test() {
        return new FileInspection(settings, names, mapping).inspect();
    }

    @Override
    public void close() {
        access.close();
    }
}
