/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.plugin;

import io.passbridge.connector.ChangePage;
import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.PasswordSource;
import io.passbridge.connector.Watermark;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.CredentialChange;
import io.passbridge.credential.NtHash;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.health.Finding;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A source whose users have the anchors {@code u0}, {@code u1} and so on. */
final class TableSource implements Connector, PasswordSource {
    private static final ThreadLocal<TableSource> LEFT_BEHIND = new ThreadLocal<>();

    private final int rows;
    private final Latency latency;

    TableSource(ConnectorContext context) {
        rows = context.configuration().integer("rows");
        latency = new Latency(context.configuration().integer("latencyMillis"));
    }

    @Override
    public <C> Optional<C> capability(Class<C> type) {
        return type.isInstance(this) ? Optional.of(type.cast(this)) : Optional.empty();
    }

    @Override
    public List<Finding> test() {
        return List.of(Finding.ok("table", "has " + rows + " users"));
    }

    @Override
    public ChangePage changes(Watermark after, int limit) throws ConnectorException {
        LEFT_BEHIND.set(this);
        latency.pass();
        int from =
                after.isBeginning()
                        ? 0
                        : Integer.parseInt(new String(after.toBytes(), StandardCharsets.US_ASCII));
        int to = Math.min(rows, from + limit);
        List<CredentialChange> changes =
                IntStream.range(from, to).mapToObj(TableSource::change).toList();
        Watermark next = Watermark.of(Integer.toString(to).getBytes(StandardCharsets.US_ASCII));
        return new ChangePage(changes, next, to < rows, true, rows);
    }

    @Override
    public List<CredentialChange> read(Collection<SourceAnchor> anchors) throws ConnectorException {
        latency.pass();
        return anchors.stream()
                .map(anchor -> change(Integer.parseInt(anchor.value().substring(1))))
                .toList();
    }

    private static CredentialChange change(int row) {
        byte[] hash = new byte[NtHash.LENGTH];
        Arrays.fill(hash, (byte) row);
        return new CredentialChange(
                new SourceAnchor("u" + row),
                new ChangeVersion(1, row),
                Instant.EPOCH.plusSeconds(row),
                AccountState.ACTIVE,
                Optional.of(NtHash.owning(hash)),
                Optional.empty());
    }

    @Override
    public void close() {
        latency.end();
    }
}
