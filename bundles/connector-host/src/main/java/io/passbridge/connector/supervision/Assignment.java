/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision;

import io.passbridge.connector.host.ConnectorStatus.Phase;
import io.passbridge.connector.supervision.session.Candidate;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an instance is given from outside: its configuration, the bundle that serves it, its name.
 *
 * @param properties its configuration
 * @param candidate the bundle that serves it, or null
 * @param type of the bundle that serves it or did so last, "?" before
 * @param wantsSecret whether the connector signs in with a secret, as its type says until it is
 *     opened
 * @param nameTakenBy PID of another instance that owns the name, or empty
 * @param removed whether its configuration is gone
 */
record Assignment(
        Map<String, Object> properties,
        Candidate candidate,
        String type,
        boolean wantsSecret,
        String nameTakenBy,
        boolean removed) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");

    static final Assignment NONE = new Assignment(Map.of(), null, "?", false, "", false);

    Assignment {
        properties = Map.copyOf(properties);
    }

    Assignment with(Map<String, Object> changed) {
        return new Assignment(changed, candidate, type, wantsSecret, nameTakenBy, removed);
    }

    /**
     * @param server the bundle that serves from now on, or null
     */
    Assignment servedBy(Candidate server) {
        return server == null
                ? new Assignment(properties, null, type, wantsSecret, nameTakenBy, removed)
                : new Assignment(
                        properties,
                        server,
                        server.descriptor().type(),
                        server.descriptor().accountSecret(),
                        nameTakenBy,
                        removed);
    }

    /**
     * @param asConfigured whether the connector signs in with a secret as it is configured
     */
    Assignment wantingSecret(boolean asConfigured) {
        return new Assignment(properties, candidate, type, asConfigured, nameTakenBy, removed);
    }

    boolean isServedBy(Candidate other) {
        return Objects.equals(other, candidate);
    }

    /**
     * @param otherPid of the instance that owns the name now; empty if none but this one does
     */
    Assignment nameTakenBy(String otherPid) {
        return new Assignment(properties, candidate, type, wantsSecret, otherPid, removed);
    }

    Assignment withdrawn() {
        return new Assignment(properties, candidate, type, wantsSecret, nameTakenBy, true);
    }

    /** Symbolic name and version of the bundle that serves; empty if none does. */
    String bundle() {
        return candidate == null ? "" : candidate.bundle();
    }

    /** Why an instance of this name cannot be opened; empty if it can. */
    Optional<Opening.Refused> obstacle(String name) {
        if (removed) {
            return refused(Phase.NO_BUNDLE, "its configuration was removed");
        }
        if (!NAME.matcher(name).matches()) {
            return refused(
                    Phase.INVALID,
                    "the name '" + name + "' has characters other than A-Z, a-z, 0-9, _, . and -");
        }
        if (!nameTakenBy.isEmpty()) {
            return refused(
                    Phase.INVALID,
                    "the name "
                            + name
                            + " belongs to "
                            + nameTakenBy
                            + " already; give one of the two configuration files another name");
        }
        if (candidate == null) {
            return refused(Phase.NO_BUNDLE, "no bundle serves it; put its jar into deploy/");
        }
        return Optional.empty();
    }

    private static Optional<Opening.Refused> refused(Phase phase, String detail) {
        return Optional.of(new Opening.Refused(phase, detail));
    }
}
