/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.source;

import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.UnreadUser;
import io.passbridge.connector.UnusableItem;
import io.passbridge.connector.UnusableReport;
import io.passbridge.credential.SourceAnchor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects who cannot be used, or not yet, for the page and for the platform. */
final class UnusableUsers {
    private final ConnectorContext context;
    private final List<UnusableItem> items = new ArrayList<>();
    private final List<UnreadUser> unread = new ArrayList<>();

    UnusableUsers(ConnectorContext context) {
        this.context = context;
    }

    void add(String dn, Optional<String> login, Optional<SourceAnchor> anchor, String reason) {
        context.reportBadRecord(dn, reason);
        items.add(new UnusableItem(dn, login.orElse(""), anchor, reason));
    }

    void add(UnreadUser user) {
        unread.add(user);
    }

    /** Users whose answer is older than one before. */
    List<UnreadUser> unread() {
        return List.copyOf(unread);
    }

    int size() {
        return items.size() + unread.size();
    }

    /** What has been collected since the last call. */
    UnusableReport take(boolean startsOver) {
        UnusableReport report = new UnusableReport(startsOver, items, unread);
        items.clear();
        unread.clear();
        return report;
    }
}
