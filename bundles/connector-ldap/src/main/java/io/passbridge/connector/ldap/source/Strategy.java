/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.source;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ldap.entry.Anchors;
import io.passbridge.connector.ldap.session.ServerFacts;
import io.passbridge.connector.ldap.session.ServerKind;
import io.passbridge.connector.ldap.settings.LdapSettings;
import io.passbridge.connector.ldap.settings.Reading.StrategyChoice;
import io.passbridge.connector.ldap.settings.Scope;
import io.passbridge.times.DirectoryTime;
import java.time.Instant;

/** A way to find changes, and its choice by what the server offers. */
enum Strategy {
    CONTENT_SYNC("content-sync") {
        @Override
        ChangeFeed feed(
                LDAPConnection connection,
                Query query,
                Anchors anchors,
                ServerKind kind,
                LdapSettings settings,
                byte[] from,
                Instant now)
                throws ConnectorException {
            return new ContentSyncFeed(
                    connection, query, anchors, kind, settings.reach().answerLimit(), from);
        }
    },
    MODIFY_TIMESTAMP("modify-timestamp") {
        @Override
        ChangeFeed feed(
                LDAPConnection connection,
                Query query,
                Anchors anchors,
                ServerKind kind,
                LdapSettings settings,
                byte[] from,
                Instant now) {
            return new TimestampFeed(
                    connection,
                    query,
                    anchors,
                    settings.reading(),
                    from,
                    settings.scope().bases().size(),
                    DirectoryTime.of(now));
        }
    };

    private final String text;

    Strategy(String text) {
        this.text = text;
    }

    /** What the configuration says, or else the best that the server does. */
    static Strategy of(
            StrategyChoice choice, LDAPConnection connection, ServerFacts facts, Scope scope)
            throws LDAPException {
        return switch (choice) {
            case CONTENT_SYNC -> CONTENT_SYNC;
            case MODIFY_TIMESTAMP -> MODIFY_TIMESTAMP;
            case AUTO ->
                    SyncProbe.trouble(connection, facts, scope).isEmpty()
                            ? CONTENT_SYNC
                            : MODIFY_TIMESTAMP;
        };
    }

    /**
     * Starts to read below one base.
     *
     * @param from the position of an earlier run, or an empty array to read everybody
     */
    abstract ChangeFeed feed(
            LDAPConnection connection,
            Query query,
            Anchors anchors,
            ServerKind kind,
            LdapSettings settings,
            byte[] from,
            Instant now)
            throws ConnectorException;

    @Override
    public String toString() {
        return text;
    }
}
