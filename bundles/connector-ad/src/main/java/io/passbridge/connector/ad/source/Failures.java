/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.ad.replication.ReplicationException;
import java.net.SocketTimeoutException;

/** Translates failures of replication into those of a connector. */
final class Failures {
    private Failures() {}

    static ConnectorException of(ReplicationException e) {
        return new ConnectorException(kind(e.kind()), e.getMessage());
    }

    /** Whether another domain controller may do better. */
    static boolean isOfThisControllerAlone(ReplicationException e) {
        return switch (e.kind()) {
            case UNREACHABLE,
                    CONNECTION_LOST,
                    EPOCH_CHANGED,
                    CLOCK,
                    CONTROLLER_REFUSES,
                    NO_PROGRESS,
                    PROTECTION,
                    PROTOCOL ->
                    true;
            case AUTHENTICATION,
                    PERMISSION,
                    NAMING_CONTEXT,
                    NOT_FOUND,
                    CONTROLLER_RESTORED,
                    LEGACY_REFUSED,
                    OTHER ->
                    false;
        };
    }

    /** Whether a new session with the same controller may do better. */
    static boolean newSessionMayDo(ReplicationException e) {
        return switch (e.kind()) {
            case CONNECTION_LOST -> !(e.getCause() instanceof SocketTimeoutException);
            case EPOCH_CHANGED -> true;
            default -> false;
        };
    }

    private static Kind kind(ReplicationException.Kind kind) {
        return switch (kind) {
            case UNREACHABLE,
                    CONNECTION_LOST,
                    EPOCH_CHANGED,
                    CLOCK,
                    CONTROLLER_REFUSES,
                    NO_PROGRESS,
                    PROTECTION,
                    PROTOCOL,
                    OTHER ->
                    Kind.UNREACHABLE;
            case AUTHENTICATION -> Kind.AUTHENTICATION;
            case PERMISSION -> Kind.PERMISSION;
            case NAMING_CONTEXT, LEGACY_REFUSED -> Kind.CONFIGURATION;
            case NOT_FOUND -> Kind.NOT_FOUND;
            case CONTROLLER_RESTORED -> Kind.WATERMARK_EXPIRED;
        };
    }
}
