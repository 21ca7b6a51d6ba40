/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.cycle;

import io.passbridge.connector.AccountTarget;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.PasswordTarget;
import io.passbridge.connector.host.ConnectorRegistry;
import io.passbridge.hash.SealingScheme;
import io.passbridge.sync.route.CycleFailure;
import io.passbridge.sync.route.RouteSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Asks a route's target which kinds of digests it verifies, and whether that suits the route. */
final class TargetSchemes {
    /** Longer than the update of a bundle takes, and no time that a change notices. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final long POLL_MILLIS = 250;

    private final RouteParts parts;
    private final RouteSettings settings;

    TargetSchemes(RouteParts parts) {
        this.parts = parts;
        this.settings = parts.settings();
    }

    /**
     * The kinds that the target lists. If some are missing that it listed before, a bundle may be
     * on its way from one version to the next, so that they are waited for.
     */
    Set<String> await(Set<String> before) throws CycleFailure, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Set<String> listed = listed();
        while (!listed.containsAll(before)
                && System.nanoTime() < end
                && !parts.stopping().getAsBoolean()) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            listed = listed();
        }
        if (parts.stopping().getAsBoolean() && !listed.containsAll(before)) {
            throw new CycleFailure(CycleFailure.Kind.STOPPED, "stopped");
        }
        return listed;
    }

    private Set<String> listed() throws CycleFailure, InterruptedException {
        Set<String> schemes = ask(target -> Set.copyOf(target.schemes()));
        String digest = settings.policy().digest();
        if (!schemes.contains(digest) && settings.policy().passThrough().isEmpty()) {
            Optional<String> refusal = ask(target -> target.refusal(digest));
            if (refusal.isPresent()) {
                throw new CycleFailure(
                        CycleFailure.Kind.LEGACY,
                        "target %s does not take the digest scheme %s: %s"
                                .formatted(settings.target(), digest, refusal.get()));
            }
            throw new CycleFailure(
                    CycleFailure.Kind.CONFIGURATION,
                    "target %s does not take the digest scheme %s; it takes %s. Change 'digest' in %s"
                            .formatted(settings.target(), digest, schemes, settings.file()));
        }
        if (!settings.policy().allowSourceCredentials()
                && parts.platform().schemes().find(digest).orElse(null) instanceof SealingScheme) {
            throw new CycleFailure(
                    CycleFailure.Kind.CONFIGURATION,
                    "%s sends source credentials: whoever opens them can sign in at %s. If that is"
                                    .formatted(digest, settings.source())
                            + " meant, set 'allowSourceCredentials = true' in "
                            + settings.file());
        }
        if (settings.policy().createAccounts()
                && !parts.platform().connectors().has(settings.target(), AccountTarget.class)) {
            throw new CycleFailure(
                    CycleFailure.Kind.CONFIGURATION,
                    "target %s cannot create users; set 'accounts = none' in %s"
                            .formatted(settings.target(), settings.file()));
        }
        return schemes;
    }

    private <R> R ask(ConnectorRegistry.Call<PasswordTarget, R> question)
            throws CycleFailure, InterruptedException {
        try {
            return parts.platform()
                    .connectors()
                    .ask(settings.target(), PasswordTarget.class, question);
        } catch (ConnectorException e) {
            throw CycleFailure.target(settings.target(), e);
        }
    }
}
