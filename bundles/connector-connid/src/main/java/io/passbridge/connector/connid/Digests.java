/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.connid;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ItemOutcome;
import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.PasswordTarget;
import io.passbridge.connector.PasswordUpdate;
import io.passbridge.credential.Digest;
import io.passbridge.credential.PasswordVerifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.identityconnectors.common.security.GuardedString;
import org.identityconnectors.framework.common.objects.Attribute;
import org.identityconnectors.framework.common.objects.AttributeBuilder;
import org.identityconnectors.framework.common.objects.ConnectorObject;
import org.identityconnectors.framework.common.objects.OperationalAttributes;

/** Writes digest, state and version of an account in one update. */
final class Digests implements PasswordTarget {
    private final Sessions sessions;
    private final Settings settings;
    private final PasswordVerifier verifier;

    Digests(Sessions sessions, Settings settings, PasswordVerifier verifier) {
        this.sessions = sessions;
        this.settings = settings;
        this.verifier = verifier;
    }

    @Override
    public Set<String> schemes() {
        Set<String> listed = new HashSet<>(settings.digests());
        listed.removeIf(scheme -> isKnown(scheme) && !verifier.permitted().contains(scheme));
        return listed;
    }

    @Override
    public Optional<String> refusal(String scheme) {
        return settings.digests().contains(scheme) && isKnown(scheme)
                ? verifier.refusal(scheme)
                : Optional.empty();
    }

    private boolean isKnown(String scheme) {
        return verifier.schemes().contains(scheme);
    }

    @Override
    public List<ItemOutcome> apply(List<PasswordUpdate> batch) throws ConnectorException {
        List<String> anchors = batch.stream().map(update -> update.anchor().value()).toList();
        List<ItemOutcome> outcomes = new ArrayList<>(batch.size());
        try (Session session = sessions.open()) {
            Map<String, List<ConnectorObject>> present = session.with(settings.anchorIn(), anchors);
            for (PasswordUpdate update : batch) {
                List<ConnectorObject> found =
                        present.getOrDefault(update.anchor().value(), List.of());
                outcomes.add(Refusals.single(update.anchor(), () -> apply(session, update, found)));
            }
        }
        return outcomes;
    }

    private ItemOutcome apply(Session session, PasswordUpdate update, List<ConnectorObject> present)
            throws ConnectorException {
        if (present.isEmpty()) {
            return new ItemOutcome(update.anchor(), Outcome.NO_SUCH_USER, "");
        }
        if (present.size() > 1) {
            return Refusals.twice(update.anchor(), settings.anchorIn());
        }
        String refused = refused(update);
        if (!refused.isEmpty()) {
            return new ItemOutcome(update.anchor(), Outcome.REJECTED, refused);
        }
        ConnectorObject entry = present.get(0);
        Written written;
        try {
            written = Written.of(Values.text(entry, settings.versionIn()));
        } catch (IllegalArgumentException e) {
            return new ItemOutcome(
                    update.anchor(),
                    Outcome.REJECTED,
                    "'" + settings.versionIn() + "': " + e.getMessage());
        }
        if (update.version().compareTo(written.version()) < 0) {
            return new ItemOutcome(update.anchor(), Outcome.CONFLICT, "a newer version is there");
        }
        if (written.holds(update)) {
            return ItemOutcome.already(update.anchor());
        }
        session.update(entry.getUid(), attributes(update, written));
        return ItemOutcome.applied(update.anchor());
    }

    private String refused(PasswordUpdate update) {
        if (update.digest().isEmpty()) {
            return "";
        }
        Digest digest = update.digest().get();
        if (!settings.digests().contains(digest.scheme())) {
            return "'" + digest.scheme() + "' is not in 'digests'";
        }
        return isKnown(digest.scheme()) ? verifier.fault(digest).orElse("") : "";
    }

    private Set<Attribute> attributes(PasswordUpdate update, Written written) {
        Set<Attribute> attributes = new HashSet<>();
        boolean usable = update.state().mayStillSignIn();
        attributes.add(
                settings.stateIn().equals(OperationalAttributes.ENABLE_NAME)
                        ? AttributeBuilder.buildEnabled(usable)
                        : AttributeBuilder.build(settings.stateIn(), Boolean.toString(usable)));
        attributes.add(AttributeBuilder.build(settings.versionIn(), written.with(update).text()));
        update.digest()
                .ifPresent(
                        digest ->
                                attributes.add(
                                        AttributeBuilder.build(
                                                settings.digestIn(), value(digest.encoded()))));
        return attributes;
    }

    private Object value(String digest) {
        return settings.digestIn().equals(OperationalAttributes.PASSWORD_NAME)
                ? new GuardedString(digest.toCharArray())
                : digest;
    }
}
