/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.target;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPInterface;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.Holding;
import io.passbridge.connector.PasswordHoldings;
import io.passbridge.connector.ldap.session.ServerFacts;
import io.passbridge.connector.ldap.session.Session;
import io.passbridge.connector.ldap.settings.TargetSettings;
import io.passbridge.credential.Digest;
import io.passbridge.credential.PasswordKind;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.health.Finding;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the entries say now, as far as the account may see their passwords. */
public final class LdapHoldings implements PasswordHoldings {
    private final TargetSettings settings;
    private final Session session;
    private boolean seen;

    public LdapHoldings(TargetSettings settings, Session session) {
        this.settings = settings;
        this.session = session;
    }

    @Override
    public List<Holding> holdings(List<SourceAnchor> anchors) throws ConnectorException {
        return session.ask(directory -> read(directory, anchors));
    }

    private List<Holding> read(LDAPInterface directory, List<SourceAnchor> anchors)
            throws LDAPException {
        StateForm form = StateForm.of(directory, ServerFacts.read(directory));
        Map<SourceAnchor, List<Entry>> users =
                new Users(directory, settings, form).byAnchors(anchors);
        seen |=
                users.values().stream()
                        .flatMap(List::stream)
                        .anyMatch(entry -> entry.hasAttribute(Users.PASSWORD));
        return anchors.stream()
                .map(anchor -> holding(anchor, users.getOrDefault(anchor, List.of()), form))
                .toList();
    }

    private Holding holding(SourceAnchor anchor, List<Entry> found, StateForm form) {
        if (found.isEmpty()) {
            return new Holding.Absent(anchor);
        }
        if (found.size() > 1) {
            return new Holding.Unreadable(
                    anchor,
                    Finding.count(found.size(), "entry carries", "entries carry")
                            + " the same "
                            + settings.anchorAttribute());
        }
        Entry entry = found.get(0);
        boolean withheld =
                Mark.parse(entry.getAttributeValue(settings.versionAttribute()))
                        .filter(mark -> mark.written() == Mark.Written.PASSWORD_WITHHELD)
                        .isPresent();
        if (withheld) {
            return new Holding.Unreadable(
                    anchor, "the account is closed; the password is written when it is opened");
        }
        byte[][] values = entry.getAttributeValueByteArrays(Users.PASSWORD);
        boolean open = !form.isLocked(entry);
        if (values == null || values.length == 0) {
            // an access rule that hides the attribute looks the same
            return seen
                    ? new Holding.Held(anchor, Optional.empty(), open)
                    : new Holding.Unreadable(
                            anchor, "the account sees no " + Users.PASSWORD + "; let it read that");
        }
        if (values.length > 1) {
            return new Holding.Held(anchor, Optional.of(new Digest("several passwords", "")), open);
        }
        String value = new String(values[0], StandardCharsets.UTF_8);
        return new Holding.Held(anchor, Optional.of(digest(value)), open);
    }

    private static Digest digest(String value) {
        return new Digest(
                PasswordKind.of(value)
                        .map(PasswordKind::text)
                        .orElse("a password of no known kind"),
                value);
    }
}
