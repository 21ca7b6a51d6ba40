/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.inspection;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.SearchResultEntry;
import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ldap.session.Failures;
import io.passbridge.connector.ldap.session.ServerFacts;
import io.passbridge.connector.ldap.session.Servers;
import io.passbridge.connector.ldap.settings.ServerAddress;
import io.passbridge.connector.ldap.settings.TargetSettings;
import io.passbridge.connector.ldap.target.VerifiedKinds;
import io.passbridge.credential.PasswordKind;
import io.passbridge.health.Finding;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Signs in with each kind of password that the target is to take, if an entry is configured for
 * that: the platform knows no password of a user, so that it makes one for the entry, writes its
 * hash, signs in with the password, and with the hash in its place, which must fail. What the entry
 * held is put back.
 */
final class SignInBack implements Check {
    private static final String PASSWORD = "userPassword";
    private static final String REMEDY = "name the kinds that it verifies in schemes";

    private final TargetSettings settings;
    private final ConnectorContext context;

    SignInBack(TargetSettings settings, ConnectorContext context) {
        this.settings = settings;
        this.context = context;
    }

    @Override
    public void inspect(
            String subject, LDAPConnection connection, ServerFacts facts, List<Finding> findings)
            throws LDAPException {
        if (settings.probe().isEmpty()) {
            return;
        }
        SearchResultEntry entry = entry(connection);
        if (entry == null || entry.hasAttribute(settings.anchorAttribute())) {
            findings.add(
                    Finding.error(
                            subject,
                            "'"
                                    + settings.probe()
                                    + (entry == null
                                            ? "' is not there, or hidden from the account"
                                            : "' belongs to a synchronised user"),
                            "set probeDn to an entry that is there for this alone"));
            return;
        }
        byte[][] before = entry.getAttributeValueByteArrays(PASSWORD);
        try {
            kinds(subject, connection, facts, findings);
        } catch (ConnectorException e) {
            findings.add(Finding.error(subject, e.getMessage(), "test again"));
        } finally {
            put(connection, before == null ? new byte[0][] : before);
        }
    }

    private SearchResultEntry entry(LDAPConnection connection) throws LDAPException {
        try {
            return connection.getEntry(settings.probe(), PASSWORD, settings.anchorAttribute());
        } catch (LDAPException e) {
            if (!e.getResultCode().isConnectionUsable()) {
                throw e;
            }
            return null;
        }
    }

    private void put(LDAPConnection connection, byte[]... values) throws LDAPException {
        connection.modify(
                settings.probe(), new Modification(ModificationType.REPLACE, PASSWORD, values));
    }

    private void kinds(
            String subject, LDAPConnection connection, ServerFacts facts, List<Finding> findings)
            throws LDAPException, ConnectorException {
        ServerAddress server =
                settings.reach().servers().stream()
                        .filter(it -> it.toString().equals(connection.getConnectionName()))
                        .findFirst()
                        .orElseThrow();
        List<String> good = new ArrayList<>();
        List<String> untried = new ArrayList<>();
        for (PasswordKind kind :
                VerifiedKinds.of(connection, facts, settings.schemes()).kinds().stream()
                        .sorted()
                        .toList()) {
            if (!TrialPassword.canMake(kind) || !isPermitted(kind)) {
                untried.add(kind.text());
            } else {
                String fault = fault(connection, server, kind);
                if (fault.isEmpty()) {
                    good.add(kind.text());
                } else {
                    findings.add(Finding.error(subject, fault, REMEDY));
                }
            }
        }
        if (!good.isEmpty()) {
            findings.add(
                    Finding.ok(
                            subject,
                            "'"
                                    + settings.probe()
                                    + "' signed in with "
                                    + String.join(", ", good)));
        }
        if (!untried.isEmpty()) {
            findings.add(
                    Finding.note(
                            subject,
                            "signing in was not tried with " + String.join(", ", untried),
                            "try a user of the source by hand"));
        }
    }

    private boolean isPermitted(PasswordKind kind) {
        return kind != PasswordKind.SSHA || !context.legacyPolicy().fipsEnforced();
    }

    /** What is wrong with a kind; empty if the server verifies it. */
    private String fault(LDAPConnection connection, ServerAddress server, PasswordKind kind)
            throws LDAPException, ConnectorException {
        Servers servers = new Servers(settings.reach(), context);
        try (TrialPassword trial = new TrialPassword()) {
            byte[] value = trial.valueOf(kind).getBytes(StandardCharsets.US_ASCII);
            try {
                put(connection, value);
            } catch (LDAPException e) {
                if (!e.getResultCode().isConnectionUsable()) {
                    throw e;
                }
                return "the server takes no " + kind.text() + ": " + Failures.text(e);
            }
            if (servers.signsIn(server, settings.probe(), trial.bytes())) {
                return "";
            }
            return servers.signsIn(server, settings.probe(), value)
                    ? "the server takes a value of " + kind.text() + " for the password itself"
                    : "signing in with a password that it holds as " + kind.text() + " fails";
        }
    }
}
