/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.source;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.IntermediateResponse;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.ContentSyncDoneControl;
import com.unboundid.ldap.sdk.controls.ContentSyncInfoIntermediateResponse;
import com.unboundid.ldap.sdk.controls.ContentSyncInfoType;
import com.unboundid.ldap.sdk.controls.ContentSyncRequestControl;
import com.unboundid.ldap.sdk.controls.ContentSyncRequestMode;
import com.unboundid.ldap.sdk.controls.ContentSyncStateControl;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.ldap.entry.Anchors;
import io.passbridge.connector.ldap.entry.EntryTimes;
import io.passbridge.connector.ldap.session.Failures;
import io.passbridge.connector.ldap.session.ServerKind;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Content synchronisation (RFC 4533, refreshOnly): the server sends what changed since its cookie,
 * and either who is gone or who is there. What it says of absence is a suspicion, not a deletion.
 */
final class ContentSyncFeed implements ChangeFeed {
    private final LDAPConnection connection;
    private final Anchors anchors;
    private final ServerKind kind;
    private final Duration limit;
    private final byte[] from;
    private final SyncStream stream = new SyncStream();

    private final Set<UUID> incomplete = new HashSet<>();
    private final Set<UUID> gone = new HashSet<>();
    private final Set<UUID> present = new HashSet<>();
    private Optional<UUID> last = Optional.empty();
    private boolean presentPhase;
    private boolean ended;
    private byte[] cookie;

    /**
     * @param from the cookie, or an empty array to read everybody
     */
    ContentSyncFeed(
            LDAPConnection connection,
            Query query,
            Anchors anchors,
            ServerKind kind,
            Duration limit,
            byte[] from)
            throws ConnectorException {
        this.connection = connection;
        this.anchors = anchors;
        this.kind = kind;
        this.limit = limit;
        this.from = from;
        this.cookie = from;
        try {
            SearchRequest request =
                    new SearchRequest(
                            stream,
                            query.base(),
                            SearchScope.SUB,
                            query.filter(),
                            kind == ServerKind.OPENLDAP
                                    ? EntryTimes.leanly(query.attributes())
                                    : query.attributes());
            request.addControl(
                    new ContentSyncRequestControl(
                            true,
                            ContentSyncRequestMode.REFRESH_ONLY,
                            from.length == 0 ? null : new ASN1OctetString(from),
                            false));
            request.setResponseTimeoutMillis(0);
            request.setIntermediateResponseListener(stream);
            connection.asyncSearch(request);
        } catch (LDAPException e) {
            throw Failures.ofReading(server(), e);
        }
    }

    private String server() {
        return connection.getConnectionName();
    }

    @Override
    public Optional<SearchResultEntry> next() throws ConnectorException {
        try {
            while (!ended) {
                Object part = stream.take(limit);
                if (part instanceof SearchResultEntry entry) {
                    if (carries(entry)) {
                        return Optional.of(entry);
                    }
                } else if (part instanceof IntermediateResponse response) {
                    information(ContentSyncInfoIntermediateResponse.decode(response));
                } else {
                    end((SearchResult) part);
                }
            }
            return Optional.empty();
        } catch (LDAPException e) {
            throw Failures.ofReading(server(), e);
        }
    }

    /** Notes what the server says of an entry, and whether its content came with it. */
    private boolean carries(SearchResultEntry entry) throws LDAPException, ConnectorException {
        ContentSyncStateControl state = ContentSyncStateControl.get(entry);
        if (state == null) {
            throw refused("it answers without it");
        }
        if (state.getCookie() != null) {
            cookie = state.getCookie().getValue();
        }
        switch (state.getState()) {
            case DELETE:
                gone.add(state.getEntryUUID());
                return false;
            case PRESENT:
                present.add(state.getEntryUUID());
                return false;
            default:
                last = anchors.of(entry);
                requireSame(state.getEntryUUID());
                boolean full = from.length == 0;
                if (!full || last.isEmpty()) {
                    // of a full read, whoever is given is known to be there
                    present.add(state.getEntryUUID());
                }
                // 389 sends of what changed no operational attribute, whatever is asked for
                boolean whole =
                        last.isPresent() ? kind != ServerKind.OPENLDAP || hasTime(entry) : full;
                if (!whole) {
                    incomplete.add(state.getEntryUUID());
                }
                return whole;
        }
    }

    private static boolean hasTime(SearchResultEntry entry) {
        return entry.hasAttribute(EntryTimes.CHANGE_NUMBER);
    }

    @Override
    public Optional<UUID> last() {
        return last;
    }

    /** Deletions carry the server's identifier alone, so that it has to be the anchor. */
    private void requireSame(UUID id) throws ConnectorException {
        if (last.isPresent() && !last.get().equals(id)) {
            throw new ConnectorException(
                    Kind.CONFIGURATION,
                    server()
                            + " synchronises by another identifier than "
                            + anchors.attribute()
                            + "; set anchorAttribute to the other one, or strategy ="
                            + " modify-timestamp");
        }
    }

    private void information(ContentSyncInfoIntermediateResponse information) {
        if (information.getCookie() != null) {
            cookie = information.getCookie().getValue();
        }
        if (information.getType() == ContentSyncInfoType.SYNC_ID_SET) {
            (information.refreshDeletes() ? gone : present).addAll(information.getEntryUUIDs());
        } else if (information.getType() == ContentSyncInfoType.REFRESH_PRESENT) {
            presentPhase = true;
        }
    }

    private void end(SearchResult result) throws LDAPException, ConnectorException {
        ResultCode code = result.getResultCode();
        if (code.equals(ResultCode.UNAVAILABLE_CRITICAL_EXTENSION)
                || code.equals(ResultCode.UNWILLING_TO_PERFORM)
                || code.equals(ResultCode.INAPPROPRIATE_MATCHING)) {
            throw refused(code.getName());
        }
        if (!code.equals(ResultCode.SUCCESS)) {
            throw new LDAPException(result);
        }
        ContentSyncDoneControl done = ContentSyncDoneControl.get(result);
        if (done == null) {
            throw refused("it answers without it");
        }
        if (done.getCookie() != null) {
            cookie = done.getCookie().getValue();
        }
        presentPhase |= kind.listsWhoIsThere() && !done.refreshDeletes();
        ended = true;
    }

    private ConnectorException refused(String why) {
        return new ConnectorException(
                Kind.CONFIGURATION,
                server()
                        + " refuses content synchronisation ("
                        + why
                        + "); switch it on at the server, or set strategy = modify-timestamp");
    }

    @Override
    public Set<UUID> incomplete() {
        return incomplete;
    }

    @Override
    public Set<UUID> gone() {
        return gone;
    }

    @Override
    public Optional<Set<UUID>> present() {
        boolean full = from.length == 0;
        // an answer that moved nothing says nothing about those whom it does not name
        boolean moved = !Arrays.equals(from, cookie);
        return full || presentPhase && moved ? Optional.of(present) : Optional.empty();
    }

    @Override
    public byte[] position() throws ConnectorException {
        if (cookie.length == 0) {
            throw new ConnectorException(
                    Kind.CONFIGURATION,
                    server()
                            + " gave no cookie to go on from; in 389 Directory Server the retro"
                            + " changelog plug-in has to be on; or set strategy ="
                            + " modify-timestamp");
        }
        return cookie;
    }

    @Override
    public void close() {
        stream.close();
    }
}
