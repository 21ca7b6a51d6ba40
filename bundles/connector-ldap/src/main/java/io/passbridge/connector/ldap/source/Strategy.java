/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.source;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ldap.session.ServerFacts;
import io.passbridge.connector.ldap.settings.Reading.StrategyChoice;
import io.passbridge.connector.ldap.settings.Scope;
import io.passbridge.times.DirectoryTime;

/** A way to find changes, and its choice by what the server offers. */
enum Strategy {
    CONTENT_SYNC("content-sync") {
        @Override
        ChangeFeed feed(RunMeans means, Query query, byte[] from) throws ConnectorException {
            return new ContentSyncFeed(
                    means.connection(),
                    query,
                    means.anchors(),
                    means.facts().kind(),
                    means.settings().reach().answerLimit(),
                    from);
        }
    },
    RETRO_CHANGELOG("retro-changelog") {
        @Override
        ChangeFeed feed(RunMeans means, Query query, byte[] from) throws ConnectorException {
            return new RetroChangelogFeed(
                    means.connection(),
                    new RetroChangelog(means.connection(), means.facts().changelog()),
                    query,
                    means.anchors(),
                    means.pageSize(),
                    from);
        }
    },
    MODIFY_TIMESTAMP("modify-timestamp") {
        @Override
        ChangeFeed feed(RunMeans means, Query query, byte[] from) {
            return new TimestampFeed(
                    means.connection(),
                    query,
                    means.anchors(),
                    means.settings().reading(),
                    from,
                    means.bases().size(),
                    DirectoryTime.of(means.now()));
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
            case RETRO_CHANGELOG -> RETRO_CHANGELOG;
            case MODIFY_TIMESTAMP -> MODIFY_TIMESTAMP;
            case AUTO -> best(connection, facts, scope);
        };
    }

    private static Strategy best(LDAPConnection connection, ServerFacts facts, Scope scope)
            throws LDAPException {
        if (SyncProbe.trouble(connection, facts, scope).isEmpty()) {
            return CONTENT_SYNC;
        }
        return RetroChangelog.trouble(connection, facts).isEmpty()
                ? RETRO_CHANGELOG
                : MODIFY_TIMESTAMP;
    }

    /**
     * Starts to read below one base.
     *
     * @param from the position of an earlier run, or an empty array to read everybody
     */
    abstract ChangeFeed feed(RunMeans means, Query query, byte[] from) throws ConnectorException;

    @Override
    public String toString() {
        return text;
    }
}
