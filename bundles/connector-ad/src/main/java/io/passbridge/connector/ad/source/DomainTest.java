/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ad.replication.DirectoryAttribute;
import io.passbridge.connector.ad.replication.HashState;
import io.passbridge.connector.ad.replication.ReplicaObject;
import io.passbridge.connector.ad.replication.ReplicaPage;
import io.passbridge.connector.ad.replication.ReplicationCursor;
import io.passbridge.connector.ad.replication.ReplicationEndpoint;
import io.passbridge.connector.ad.replication.ReplicationException;
import io.passbridge.connector.ad.replication.SessionFacts;
import io.passbridge.health.Finding;
import java.util.ArrayList;
import java.util.List;

/**
 * Tests a domain over connections of its own: each controller that is configured or found, the
 * clock, the search bases, and that the account holds the two replication rights and not more.
 */
final class DomainTest {
    private final AdSettings settings;
    private final ConnectorContext context;
    private final List<Finding> findings = new ArrayList<>();

    DomainTest(AdSettings settings, ConnectorContext context) {
        this.settings = settings;
        this.context = context;
    }

    List<Finding> run() {
        try {
            for (ReplicationEndpoint endpoint : new ControllerList(settings).inOrder()) {
                controller(endpoint);
            }
        } catch (ConnectorException e) {
            findings.add(Finding.error("domain " + settings.domain(), e.getMessage(), remedy(e)));
        }
        return findings;
    }

    private void controller(ReplicationEndpoint endpoint) {
        String subject = "controller " + endpoint;
        try (Controller controller = Controller.open(endpoint, settings, context)) {
            SessionFacts facts = controller.replication().facts();
            findings.add(
                    Finding.ok(
                            subject,
                            "signed in with "
                                    + facts.authentication()
                                    + ", sealed with "
                                    + facts.cipher()));
            facts.withoutKerberos()
                    .ifPresent(
                            reason ->
                                    findings.add(
                                            Finding.note(
                                                    subject,
                                                    "NTLM is used in place of Kerberos: " + reason,
                                                    "mend it, or set authentication = ntlm if"
                                                            + " Kerberos is not wanted")));
            findings.add(
                    CertificateLife.inspect(
                            subject, controller.ldap().getSSLSession(), context.clock()));
            clock(subject, controller);
            rights(subject, controller);
            searchBases(subject, controller);
            new AccountRights(settings, controller.directory())
                    .inspect(AccountNames.of(context, settings), findings);
        } catch (ReplicationException e) {
            findings.add(Finding.error(subject, e.getMessage(), e.remedy()));
        } catch (ConnectorException e) {
            findings.add(Finding.error(subject, e.getMessage(), remedy(e)));
        }
    }

    private void clock(String subject, Controller controller) {
        try {
            ClockDifference.read(controller.ldap(), context.clock())
                    .map(
                            difference ->
                                    difference.overLimit()
                                            ? Finding.warning(
                                                    subject,
                                                    "its clock " + difference,
                                                    ReplicationException.CLOCK_REMEDY)
                                            : Finding.ok(subject, "its clock agrees with ours"))
                    .ifPresent(findings::add);
        } catch (LDAPException e) {
            findings.add(
                    Finding.warning(
                            subject,
                            "its clock cannot be read: " + e.getMessage(),
                            "look at its LDAP service"));
        }
    }

    /**
     * Reads the head of the domain and nothing else; only replication proves the right to
     * replicate.
     */
    private void rights(String subject, Controller controller) {
        try (ReplicaPage page =
                controller
                        .replication()
                        .replicate(settings.namingContext(), ReplicationCursor.START, 1)) {
            findings.add(Finding.ok(subject, "the account may replicate directory changes"));
            secrets(subject, controller);
        } catch (ReplicationException e) {
            findings.add(
                    Finding.error(subject, e.getMessage(), AccountRights.grantCommands(settings)));
        }
    }

    /**
     * The second right shows only in a secret that comes or does not come: the account's own is
     * read.
     */
    private void secrets(String subject, Controller controller) throws ReplicationException {
        try {
            AccountNames names = AccountNames.of(context, settings);
            SearchResultEntry self =
                    AccountRights.entryOf(controller.directory(), settings, names, "objectGUID");
            if (self == null) {
                return;
            }
            try (ReplicaObject own =
                    controller.replication().replicateObject(DomainDirectory.guidOf(self))) {
                findings.add(
                        own.carries(DirectoryAttribute.UNICODE_PWD)
                                        && own.hashState() == HashState.PRESENT
                                ? Finding.ok(subject, "the account may replicate secrets")
                                : Finding.error(
                                        subject,
                                        "replication works, but the controller withholds password"
                                                + " hashes",
                                        AccountRights.grantCommands(settings)));
            }
        } catch (ConnectorException e) {
            findings.add(Finding.error(subject, e.getMessage(), remedy(e)));
        }
    }

    private void searchBases(String subject, Controller controller) throws ConnectorException {
        for (String base : settings.people().searchBases()) {
            findings.add(
                    controller.directory().guid(base).isPresent()
                            ? Finding.ok(subject, "the search base '" + base + "' is there")
                            : Finding.warning(
                                    subject,
                                    "the search base '"
                                            + base
                                            + "' has another name now or is gone",
                                    "a renamed unit is followed; mend searchBases if it never was"
                                            + " right"));
        }
    }

    private String remedy(ConnectorException e) {
        return switch (e.kind()) {
            case AUTHENTICATION ->
                    "account:set " + settings.instance() + " stores the right name and secret";
            case CONFIGURATION ->
                    "mend etc/io.passbridge.connector.ad-" + settings.instance() + ".cfg";
            case PERMISSION -> AccountRights.grantCommands(settings);
            default ->
                    "check the controllers' names, the network and the firewall (TCP 88, 135, 389"
                            + " or 636, 49152-65535)";
        };
    }
}
