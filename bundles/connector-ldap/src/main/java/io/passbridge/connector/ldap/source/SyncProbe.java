/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.source;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.ContentSyncRequestControl;
import com.unboundid.ldap.sdk.controls.ContentSyncRequestMode;
import io.passbridge.connector.ldap.session.Failures;
import io.passbridge.connector.ldap.session.ServerFacts;
import io.passbridge.connector.ldap.settings.Scope;
import java.util.Optional;

/**
 * Tries content synchronisation on the bases alone: a server may know it and not do it for one of
 * its trees.
 */
public final class SyncProbe {
    private SyncProbe() {}

    /** Why there is no content synchronisation; empty if there is. */
    public static Optional<String> trouble(
            LDAPConnection connection, ServerFacts facts, Scope scope) throws LDAPException {
        if (!facts.knowsContentSync()) {
            return Optional.of("the server does not know it");
        }
        for (String base : scope.bases()) {
            SearchRequest request =
                    new SearchRequest(base, SearchScope.BASE, scope.filter(), "1.1");
            request.addControl(
                    new ContentSyncRequestControl(
                            true, ContentSyncRequestMode.REFRESH_ONLY, null, false));
            request.setIntermediateResponseListener(
                    response -> {
                        // an answer is all that is wanted
                    });
            try {
                connection.search(request);
            } catch (LDAPSearchException e) {
                if (!e.getResultCode().isConnectionUsable()) {
                    throw e;
                }
                return Optional.of(Failures.text(e));
            }
        }
        return Optional.empty();
    }
}
