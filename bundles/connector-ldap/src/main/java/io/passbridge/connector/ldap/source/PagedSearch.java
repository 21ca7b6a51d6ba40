/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.source;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPInterface;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * A search in pages (RFC 2696), one page in memory at a time. An answer that is cut off is a
 * failure.
 */
final class PagedSearch {
    private final LDAPInterface connection;
    private final Query query;
    private final int pageSize;
    private final Deque<SearchResultEntry> page = new ArrayDeque<>();
    private ASN1OctetString cookie;
    private boolean more = true;

    PagedSearch(LDAPInterface connection, Query query, int pageSize) {
        this.connection = connection;
        this.query = query;
        this.pageSize = pageSize;
    }

    /** The next entry; empty at the end. */
    Optional<SearchResultEntry> next() throws LDAPException {
        while (page.isEmpty() && more) {
            SearchRequest request =
                    new SearchRequest(
                            query.base(), SearchScope.SUB, query.filter(), query.attributes());
            request.addControl(new SimplePagedResultsControl(pageSize, cookie, false));
            SearchResult result = connection.search(request);
            page.addAll(result.getSearchEntries());
            SimplePagedResultsControl answer = SimplePagedResultsControl.get(result);
            more = answer != null && answer.moreResultsToReturn();
            cookie = answer == null ? null : answer.getCookie();
        }
        return Optional.ofNullable(page.poll());
    }
}
