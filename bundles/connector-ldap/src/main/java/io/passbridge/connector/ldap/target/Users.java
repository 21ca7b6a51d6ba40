/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.target;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPInterface;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import io.passbridge.connector.ldap.settings.TargetSettings;
import io.passbridge.credential.SourceAnchor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the users of the target. */
final class Users {
    static final String PASSWORD = "userPassword";

    private static final int BATCH = 100;

    private final LDAPInterface directory;
    private final TargetSettings settings;
    private final String[] attributes;

    Users(LDAPInterface directory, TargetSettings settings, StateForm form) {
        this(directory, settings, form, Set.of());
    }

    /**
     * @param more attributes that are read beside the usual ones
     */
    Users(
            LDAPInterface directory,
            TargetSettings settings,
            StateForm form,
            Collection<String> more) {
        this.directory = directory;
        this.settings = settings;
        List<String> wanted =
                new ArrayList<>(
                        List.of(
                                "objectClass",
                                settings.anchorAttribute(),
                                settings.versionAttribute(),
                                PASSWORD,
                                settings.loginAttribute(),
                                settings.mailAttribute(),
                                "cn",
                                "sn",
                                "givenName",
                                "displayName"));
        wanted.addAll(form.attributes());
        wanted.addAll(more);
        attributes = wanted.toArray(String[]::new);
    }

    /** The users that carry the anchors; several if the directory has several of one. */
    Map<SourceAnchor, List<Entry>> byAnchors(Collection<SourceAnchor> anchors)
            throws LDAPException {
        Map<SourceAnchor, List<Entry>> found = new HashMap<>();
        List<SourceAnchor> all = List.copyOf(anchors);
        for (int at = 0; at < all.size(); at += BATCH) {
            List<Filter> any =
                    all.subList(at, Math.min(at + BATCH, all.size())).stream()
                            .map(
                                    anchor ->
                                            Filter.createEqualityFilter(
                                                    settings.anchorAttribute(), anchor.value()))
                            .toList();
            for (Entry entry : search(Filter.createORFilter(any))) {
                found.computeIfAbsent(anchor(entry), key -> new ArrayList<>()).add(entry);
            }
        }
        return found;
    }

    SourceAnchor anchor(Entry entry) {
        return new SourceAnchor(entry.getAttributeValue(settings.anchorAttribute()));
    }

    /** The users with a value of an attribute. */
    List<Entry> having(String attribute, String value) throws LDAPException {
        return search(Filter.createEqualityFilter(attribute, value));
    }

    private List<Entry> search(Filter which) throws LDAPException {
        List<Entry> found = new ArrayList<>();
        for (String base : settings.scope().bases()) {
            SearchRequest request =
                    new SearchRequest(
                            base,
                            SearchScope.SUB,
                            Filter.createANDFilter(settings.scope().filter(), which),
                            attributes);
            for (SearchResultEntry entry : directory.search(request).getSearchEntries()) {
                if (settings.scope().places().hold(entry.getDN())) {
                    found.add(entry);
                }
            }
        }
        return found;
    }
}
