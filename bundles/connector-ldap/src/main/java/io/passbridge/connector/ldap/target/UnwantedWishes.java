/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.target;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPInterface;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.PasswordUpdate;
import io.passbridge.connector.ldap.session.Failures;
import io.passbridge.credential.SourceAnchor;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Takes back the wish for another password that 389 Directory Server adds to each one that is not
 * set by its user ({@code passwordMustChange: on}). The server adds it after it has answered, so
 * that it is looked for more than once.
 */
final class UnwantedWishes {
    private static final int LOOKS = 20;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final LDAPInterface directory;
    private final Users users;
    private final StateForm form;
    private final Set<SourceAnchor> open = new HashSet<>();
    private Server server;

    /** What is known of a server. */
    enum Server {
        /** It may add wishes: each batch is looked at twice. */
        UNKNOWN,
        /** It adds one to each password: each is waited for. */
        WISHING,
        CONTENT;

        static Server of(LDAPInterface directory, StateForm form) throws LDAPException {
            if (!form.addsWishes()) {
                return CONTENT;
            }
            try {
                Entry config = directory.getEntry("cn=config", "passwordMustChange");
                String value =
                        config == null ? null : config.getAttributeValue("passwordMustChange");
                // another policy may hold for some of the users
                return "on".equals(value) ? WISHING : UNKNOWN;
            } catch (LDAPException e) {
                if (!e.getResultCode().isConnectionUsable()) {
                    throw e;
                }
                return UNKNOWN;
            }
        }
    }

    UnwantedWishes(LDAPInterface directory, Users users, StateForm form, Server server) {
        this.directory = directory;
        this.users = users;
        this.form = form;
        this.server = server;
    }

    /** Notes a password that has been written. */
    void wrote(PasswordUpdate update) {
        if (server != Server.CONTENT && !StateForm.mustChange(update.state())) {
            open.add(update.anchor());
        }
    }

    /** Looks for wishes and takes them back; what is known of the server then. */
    Server takeBack() throws ConnectorException {
        try {
            for (int looks = 0; !open.isEmpty() && looks < looks(); looks++) {
                if (looks > 0) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
                look();
            }
            return server;
        } catch (LDAPException e) {
            throw new ConnectorException(
                    Kind.OUTCOME_UNKNOWN,
                    "users were written, and the server may want other passwords of them: "
                            + Failures.text(e));
        }
    }

    private int looks() {
        return server == Server.WISHING ? LOOKS : 2;
    }

    private void look() throws LDAPException {
        for (List<Entry> entries : users.byAnchors(open).values()) {
            for (Entry entry : entries) {
                if (form.mustChange(entry)) {
                    directory.modify(entry.getDN(), form.noLonger());
                    open.remove(users.anchor(entry));
                    server = Server.WISHING;
                }
            }
        }
    }
}
