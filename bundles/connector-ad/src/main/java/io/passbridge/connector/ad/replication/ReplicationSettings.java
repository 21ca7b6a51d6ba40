/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.replication;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * How a session behaves. Immutable; start from {@link #DEFAULTS} and change what differs.
 *
 * @param authentication permitted authentication protocols
 * @param headerSigning whether to offer header signing (MS-RPCE 2.2.2.3, PFC_SUPPORT_HEADER_SIGN);
 *     on by default
 * @param connectTimeout limit for each TCP connection
 * @param callTimeout limit for each remote call, measured from the request to the end of its reply
 * @param maxReplyBytes the largest reply that is accepted, in bytes; also bounds every allocation
 *     made for it
 * @param attributes what is asked for: the partial attribute set
 * @param watched object identifiers of further attributes, whose changes are told of and whose
 *     values are passed over
 */
public record ReplicationSettings(
        AuthenticationChoice authentication,
        boolean headerSigning,
        Duration connectTimeout,
        Duration callTimeout,
        int maxReplyBytes,
        Set<DirectoryAttribute> attributes,
        Set<String> watched) {
    /**
     * Kerberos preferred, 10 and 60 seconds, replies up to 64 MiB, every attribute of {@link
     * DirectoryAttribute} but {@code supplementalCredentials}.
     */
    public static final ReplicationSettings DEFAULTS =
            new ReplicationSettings(
                    AuthenticationChoice.KERBEROS_OR_NTLM,
                    true,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(60),
                    64 << 20,
                    EnumSet.complementOf(EnumSet.of(DirectoryAttribute.SUPPLEMENTAL_CREDENTIALS)),
                    Set.of());

    private static final int LEAST_REPLY_BYTES = 1 << 16;

    public ReplicationSettings {
        attributes = Set.copyOf(attributes);
        watched = Set.copyOf(watched);
        if (connectTimeout.toMillis() < 1 || callTimeout.toMillis() < 1) {
            throw new IllegalArgumentException("a time-out must be at least one millisecond");
        }
        if (maxReplyBytes < LEAST_REPLY_BYTES) {
            throw new IllegalArgumentException(
                    "maxReplyBytes is " + maxReplyBytes + "; at least 65536 is needed");
        }
        if (attributes.isEmpty()) {
            throw new IllegalArgumentException("at least one attribute must be asked for");
        }
    }

    public ReplicationSettings withAuthentication(AuthenticationChoice choice) {
        return new ReplicationSettings(
                choice,
                headerSigning,
                connectTimeout,
                callTimeout,
                maxReplyBytes,
                attributes,
                watched);
    }

    public ReplicationSettings withHeaderSigning(boolean offered) {
        return new ReplicationSettings(
                authentication,
                offered,
                connectTimeout,
                callTimeout,
                maxReplyBytes,
                attributes,
                watched);
    }

    public ReplicationSettings withTimeouts(Duration connect, Duration call) {
        return new ReplicationSettings(
                authentication, headerSigning, connect, call, maxReplyBytes, attributes, watched);
    }

    public ReplicationSettings withMaxReplyBytes(int bytes) {
        return new ReplicationSettings(
                authentication,
                headerSigning,
                connectTimeout,
                callTimeout,
                bytes,
                attributes,
                watched);
    }

    public ReplicationSettings withAttributes(Set<DirectoryAttribute> asked) {
        return new ReplicationSettings(
                authentication,
                headerSigning,
                connectTimeout,
                callTimeout,
                maxReplyBytes,
                asked,
                watched);
    }

    public ReplicationSettings withWatched(Set<String> oids) {
        return new ReplicationSettings(
                authentication,
                headerSigning,
                connectTimeout,
                callTimeout,
                maxReplyBytes,
                attributes,
                oids);
    }
}
