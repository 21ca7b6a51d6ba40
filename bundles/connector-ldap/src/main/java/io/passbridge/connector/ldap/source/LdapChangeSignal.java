/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.source;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.AsyncRequestID;
import com.unboundid.ldap.sdk.AsyncSearchResultListener;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchResultReference;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.ContentSyncRequestControl;
import com.unboundid.ldap.sdk.controls.ContentSyncRequestMode;
import com.unboundid.ldap.sdk.controls.PersistentSearchChangeType;
import com.unboundid.ldap.sdk.controls.PersistentSearchRequestControl;
import io.passbridge.connector.ChangeSignal;
import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.Watermark;
import io.passbridge.connector.ldap.session.ServerFacts;
import io.passbridge.connector.ldap.session.Session;
import io.passbridge.connector.ldap.settings.LdapSettings;
import io.passbridge.times.ListeningTimes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signals changes: by content synchronisation in its persistent form, from where the last run
 * ended, or by a persistent search of the changelog, over a connection of its own and without any
 * attribute; and by the clock in any case. A connection that has gone is made anew soon.
 */
public final class LdapChangeSignal implements ChangeSignal {
    private static final long LOOK_MILLIS = 500;
    private static final Set<String> LISTENED =
            Set.of(Strategy.CONTENT_SYNC.toString(), Strategy.RETRO_CHANGELOG.toString());
    private static final Logger LOG = LoggerFactory.getLogger(LdapChangeSignal.class);

    private final LdapSettings settings;
    private final ConnectorContext context;
    private final Session session;
    private final SyncPosition position;

    public LdapChangeSignal(
            LdapSettings settings,
            ConnectorContext context,
            Session session,
            SyncPosition position) {
        this.settings = settings;
        this.context = context;
        this.session = session;
        this.position = position;
    }

    @Override
    public Subscription subscribe(Runnable listener) {
        Listening listening = new Listening(listener);
        ScheduledFuture<?> ticking =
                context.executor()
                        .scheduleWithFixedDelay(
                                listening::tick, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        return () -> {
            ticking.cancel(false);
            listening.close();
        };
    }

    private final class Listening implements AsyncSearchResultListener, AutoCloseable {
        private static final long serialVersionUID = 1L;

        private final transient Runnable listener;
        private transient LDAPConnection connection;
        private transient volatile boolean broken;
        private transient boolean closed;
        private final transient ListeningTimes times =
                new ListeningTimes(settings.reading().poll());

        Listening(Runnable listener) {
            this.listener = listener;
        }

        /** Must not throw: a periodic task that throws is never run again. */
        synchronized void tick() {
            if (closed) {
                return;
            }
            boolean lost = connection != null && (broken || !connection.isConnected());
            if (lost) {
                disconnect();
            } else if (connection != null) {
                times.connected();
            }
            Optional<LdapWatermark> from = connection == null ? from() : Optional.empty();
            if (from.isPresent() && times.attemptDue()) {
                listen(from.get());
            }
            if (times.pollDue() || lost) {
                listener.run();
            }
        }

        private void listen(LdapWatermark from) {
            try {
                broken = false;
                connection = session.connect();
                if (from.strategy().equals(Strategy.RETRO_CHANGELOG.toString())) {
                    listenToChangelog();
                    return;
                }
                List<String> bases = settings.scope().bases();
                for (int i = 0; i < bases.size(); i++) {
                    listen(bases.get(i), from.positions().get(i));
                }
            } catch (ConnectorException | LDAPException | RuntimeException e) {
                LOG.debug("connector {}: cannot listen", settings.instance(), e);
                disconnect();
                if (e instanceof ConnectorException known
                        && known.kind() == ConnectorException.Kind.AUTHENTICATION) {
                    times.refused();
                }
            }
        }

        private void listen(String base, byte[] cookie) throws LDAPException {
            SearchRequest request =
                    new SearchRequest(
                            this, base, SearchScope.SUB, settings.scope().filter(), "1.1");
            request.addControl(
                    new ContentSyncRequestControl(
                            true,
                            ContentSyncRequestMode.REFRESH_AND_PERSIST,
                            new ASN1OctetString(cookie),
                            false));
            request.setResponseTimeoutMillis(0);
            request.setIntermediateResponseListener(response -> listener.run());
            connection.asyncSearch(request);
        }

        /** Persistent search (draft-ietf-ldapext-psearch), which 389 offers for its changelog. */
        private void listenToChangelog() throws LDAPException {
            SearchRequest request =
                    new SearchRequest(
                            this,
                            ServerFacts.read(connection).changelog(),
                            SearchScope.ONE,
                            Filter.createPresenceFilter("objectClass"),
                            "1.1");
            request.addControl(
                    new PersistentSearchRequestControl(
                            PersistentSearchChangeType.ADD, true, false));
            request.setResponseTimeoutMillis(0);
            connection.asyncSearch(request);
            // what was changed since the last run is not told of
            listener.run();
        }

        @Override
        public void searchEntryReturned(SearchResultEntry entry) {
            listener.run();
        }

        @Override
        public void searchReferenceReturned(SearchResultReference reference) {
            // a referral is no change
        }

        @Override
        public void searchResultReceived(AsyncRequestID id, SearchResult result) {
            broken = true;
        }

        private void disconnect() {
            if (connection != null) {
                session.release(connection);
                connection = null;
            }
        }

        @Override
        public synchronized void close() {
            closed = true;
            disconnect();
        }
    }

    /**
     * Where to listen from; empty before the first run, and where a server cannot be listened to.
     */
    private Optional<LdapWatermark> from() {
        return position.end()
                .flatMap(LdapChangeSignal::parse)
                .filter(from -> LISTENED.contains(from.strategy()));
    }

    private static Optional<LdapWatermark> parse(Watermark watermark) {
        try {
            String[] words =
                    new String(watermark.toBytes(), StandardCharsets.US_ASCII).split(" ", -1);
            return Optional.of(LdapWatermark.parse(watermark, words[2]));
        } catch (ConnectorException e) {
            return Optional.empty();
        }
    }
}
