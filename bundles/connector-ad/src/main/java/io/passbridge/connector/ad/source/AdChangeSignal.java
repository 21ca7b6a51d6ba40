/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import com.unboundid.ldap.sdk.AsyncRequestID;
import com.unboundid.ldap.sdk.AsyncSearchResultListener;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchResultReference;
import com.unboundid.ldap.sdk.SearchScope;
import io.passbridge.connector.ChangeSignal;
import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ad.replication.ReplicationEndpoint;
import io.passbridge.credential.Secret;
import io.passbridge.times.ListeningTimes;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signals changes: by the LDAP change notification control (MS-ADTS 3.1.1.3.4.1.9) over a
 * connection of its own, by the controller's highest update number, which costs next to nothing to
 * look at, and by the clock in any case. A connection that has gone is made anew soon, on the next
 * controller if need be.
 */
final class AdChangeSignal implements ChangeSignal {
    private static final String NOTIFICATION = "1.2.840.113556.1.4.528";
    private static final String HIGHEST_USN = "highestCommittedUSN";
    private static final long LOOK_MILLIS = 500;

    private static final Logger LOG = LoggerFactory.getLogger(AdChangeSignal.class);

    private final AdSettings settings;
    private final ConnectorContext context;
    private final Controllers controllers;

    AdChangeSignal(AdSettings settings, ConnectorContext context, Controllers controllers) {
        this.settings = settings;
        this.context = context;
        this.controllers = controllers;
    }

    @Override
    public Subscription subscribe(Runnable listener) {
        Notification notification = new Notification(listener);
        ScheduledFuture<?> ticking =
                context.executor()
                        .scheduleWithFixedDelay(
                                notification::tick, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        return () -> {
            ticking.cancel(false);
            notification.close();
        };
    }

    private final class Notification implements AsyncSearchResultListener, AutoCloseable {
        private static final long serialVersionUID = 1L;

        private final transient Runnable listener;
        private transient LDAPConnection connection;
        private transient AsyncRequestID search;
        private transient volatile boolean notifying;
        private transient boolean closed;
        private final transient ListeningTimes times =
                new ListeningTimes(settings.times().pollInterval());
        private transient String lastUsn = "";

        Notification(Runnable listener) {
            this.listener = listener;
        }

        /** Must not throw: a periodic task that throws is never run again. */
        synchronized void tick() {
            if (closed) {
                return;
            }
            try {
                if (settings.times().notifications() && !listening() && times.attemptDue()) {
                    connect();
                }
                if (listening()) {
                    boolean moved = moved();
                    times.connected();
                    if (moved) {
                        listener.run();
                    }
                }
            } catch (LDAPException | RuntimeException e) {
                LOG.debug("connector {}: notification failed", settings.instance(), e);
                disconnect();
            }
            if (times.pollDue()) {
                listener.run();
            }
        }

        private boolean listening() {
            return notifying && connection.isConnected();
        }

        /**
         * Whether the controller has written anything since the last look (MS-ADTS 3.1.1.3.2.10).
         * Some controllers notify seconds late, and none tells of deleted objects.
         */
        private boolean moved() throws LDAPException {
            SearchResultEntry root = connection.getEntry("", HIGHEST_USN);
            String usn = root == null ? null : root.getAttributeValue(HIGHEST_USN);
            boolean moved = usn != null && !usn.equals(lastUsn);
            lastUsn = usn == null ? lastUsn : usn;
            return moved;
        }

        private void connect() {
            disconnect();
            try {
                AccountNames names = AccountNames.of(context, settings);
                for (ReplicationEndpoint endpoint : controllers.inOrder()) {
                    try (Secret secret = context.accountSecret()) {
                        connection =
                                new LdapConnector(settings, context.legacyPolicy())
                                        .connect(endpoint, names.userPrincipalName(), secret);
                        listen();
                        return;
                    } catch (LDAPException e) {
                        disconnect();
                    } catch (ConnectorException e) {
                        disconnect();
                        if (e.kind() == ConnectorException.Kind.AUTHENTICATION) {
                            times.refused();
                        }
                    }
                }
            } catch (ConnectorException e) {
                // the cycle that the clock asks for reports the reason
            }
        }

        private void listen() throws LDAPException {
            SearchRequest request =
                    new SearchRequest(
                            this,
                            settings.namingContext(),
                            SearchScope.SUB,
                            "(objectClass=*)",
                            "1.1");
            request.addControl(new Control(NOTIFICATION, true));
            request.setResponseTimeoutMillis(0);
            search = connection.asyncSearch(request);
            notifying = true;
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
            notifying = false;
        }

        private void disconnect() {
            notifying = false;
            if (connection != null) {
                connection.close();
                connection = null;
            }
        }

        @Override
        public synchronized void close() {
            closed = true;
            try {
                if (search != null && connection != null && connection.isConnected()) {
                    connection.abandon(search);
                }
            } catch (LDAPException e) {
                // it ends with the connection
            }
            disconnect();
        }
    }
}
