/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.tck;

import io.passbridge.connector.ChangePage;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.PasswordSource;
import io.passbridge.connector.Watermark;
import io.passbridge.credential.CredentialChange;
import io.passbridge.credential.NtHash;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.credential.SourceCredential;
import io.passbridge.credential.UserPassword;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class FaultySource implements PasswordSource {
    private final PasswordSource wrapped;
    private final FaultPlan plan;

    FaultySource(PasswordSource wrapped, FaultPlan plan) {
        this.wrapped = wrapped;
        this.plan = plan;
    }

    @Override
    public boolean mayLag() {
        return wrapped.mayLag();
    }

    @Override
    public ChangePage changes(Watermark after, int limit) throws ConnectorException {
        Optional<Fault> fault = Mishap.before(plan, FaultPlan.Operation.CHANGES);
        boolean twice = fault.filter(Fault.DUPLICATE::equals).isPresent();
        // a page that repeats its changes still keeps to the limit
        ChangePage page = wrapped.changes(after, twice ? Math.max(1, limit / 2) : limit);
        if (fault.filter(Fault.TRUNCATE::equals).isPresent()) {
            page.close();
            throw Mishap.broken("the page broke off");
        }
        List<CredentialChange> changes = page.changes();
        if (twice && changes.size() * 2 <= limit) {
            changes = doubled(changes);
        } else if (fault.filter(Fault.REORDER::equals).isPresent()) {
            changes = reordered(changes);
        }
        return new ChangePage(
                changes,
                page.unusable(),
                page.next(),
                page.more(),
                page.durable(),
                page.expected());
    }

    @Override
    public List<CredentialChange> read(Collection<SourceAnchor> anchors) throws ConnectorException {
        Optional<Fault> fault = Mishap.before(plan, FaultPlan.Operation.READ);
        List<CredentialChange> changes = wrapped.read(anchors);
        if (fault.filter(Fault.TRUNCATE::equals).isPresent()) {
            changes.forEach(CredentialChange::close);
            throw Mishap.broken("the answer broke off");
        }
        return fault.isPresent() ? reordered(changes) : changes;
    }

    private static List<CredentialChange> doubled(List<CredentialChange> changes) {
        List<CredentialChange> doubled = new ArrayList<>();
        changes.stream().map(FaultySource::copy).forEach(doubled::add);
        doubled.addAll(changes);
        return doubled;
    }

    private static CredentialChange copy(CredentialChange change) {
        return new CredentialChange(
                change.anchor(),
                change.version(),
                change.changedAt(),
                change.state(),
                change.credential().map(FaultySource::copy),
                change.account());
    }

    private static SourceCredential copy(SourceCredential credential) {
        return credential instanceof NtHash hash
                ? NtHash.owning(hash.secret().toBytes())
                : UserPassword.owning(((UserPassword) credential).value().toBytes());
    }

    /** Shuffles the users; one user's changes stay in their order, as every source promises. */
    private List<CredentialChange> reordered(List<CredentialChange> changes) {
        Map<SourceAnchor, List<CredentialChange>> byUser = new LinkedHashMap<>();
        for (CredentialChange change : changes) {
            byUser.computeIfAbsent(change.anchor(), anchor -> new ArrayList<>()).add(change);
        }
        List<List<CredentialChange>> users = new ArrayList<>(byUser.values());
        Collections.shuffle(users, plan.shuffling());
        return users.stream().flatMap(List::stream).toList();
    }
}
