/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ModifyRequest;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchScope;
import io.passbridge.connector.AccountSource;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.PasswordSource;
import io.passbridge.connector.tck.TestConfiguration;
import io.passbridge.connector.tck.TestContext;
import io.passbridge.credential.Account;
import io.passbridge.credential.Secret;
import io.passbridge.itests.lab.SambaLab;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A connector on a lab, configured with NTLM and the users of {@code OU=People} at first. */
final class Domain implements AutoCloseable {
    static final String ACCOUNT = "svc-sync";

    private static final Control SHOW_DELETED = new Control("1.2.840.113556.1.4.417", true);

    private final SambaLab lab;
    private final Path data;
    private final Map<String, String> values = new HashMap<>();
    private TestContext context;
    private AdConnector connector;

    /**
     * @param data the connector's data folder
     */
    Domain(SambaLab lab, Path data) {
        this.lab = lab;
        this.data = data;
        set("domain", SambaLab.DOMAIN);
        set("controllers", lab.controller());
        set("caCertificates", lab.authority().toString());
        set("searchBases", "OU=People," + SambaLab.HEAD);
        set("authentication", "ntlm");
        set("connectSeconds", "3");
    }

    /** Gives a parameter a value before the connector is opened. */
    Domain set(String parameter, String value) {
        values.put(parameter, value);
        return this;
    }

    static String secretOf(String account) {
        return "Secret-of-" + account;
    }

    /** Opens the connector with an account; the one before is closed. */
    AdConnector open(String account, String secret) {
        close();
        context = context(values, data).withAccount(account, secret);
        assertThat(AdSettings.faults(context.configuration())).isEmpty();
        connector = new AdConnector(AdSettings.of(context.configuration()), context);
        return connector;
    }

    static TestContext context(Map<String, String> values, Path data) {
        return new TestContext(
                new TestConfiguration("lab", new AdConnectorFactory().descriptor(), data, values),
                data);
    }

    AdConnector open() {
        return open(ACCOUNT, secretOf(ACCOUNT));
    }

    /** A reader on a connector opened anew. */
    LiveSource source() {
        return new LiveSource(open().capability(PasswordSource.class).orElseThrow());
    }

    AdConnector connector() {
        return connector;
    }

    TestContext context() {
        return context;
    }

    Account account(String login) throws ConnectorException {
        List<Account> found = connector.capability(AccountSource.class).orElseThrow().find(login);
        assertThat(found).as(login).hasSize(1);
        return found.get(0);
    }

    String anchor(String login) throws ConnectorException {
        return account(login).anchor().value();
    }

    /** A connection of the given user over TLS, the certificate checked. */
    LDAPConnection ldap(String login, String password) throws ConnectorException {
        try (TestContext own = context(values, data);
                Secret secret = Secret.ofChars(password.toCharArray())) {
            AdSettings settings = AdSettings.of(own.configuration());
            return new LdapConnector(settings, own.legacyPolicy())
                    .connect(
                            new ControllerList(settings).inOrder().get(0),
                            login + "@" + SambaLab.DOMAIN,
                            secret);
        }
    }

    /** Undoes a deletion (MS-ADTS 3.1.1.5.3.7). */
    void restore(String anchor, String to) throws ConnectorException, LDAPException {
        try (LDAPConnection administrator =
                ldap("Administrator", SambaLab.ADMINISTRATOR_PASSWORD)) {
            SearchRequest gone =
                    new SearchRequest(
                            "<GUID=" + anchor + ">", SearchScope.BASE, "(objectClass=*)", "1.1");
            gone.addControl(SHOW_DELETED);
            ModifyRequest restore =
                    new ModifyRequest(
                            administrator.searchForEntry(gone).getDN(),
                            new Modification(ModificationType.DELETE, "isDeleted"),
                            new Modification(ModificationType.REPLACE, "distinguishedName", to));
            restore.addControl(SHOW_DELETED);
            administrator.modify(restore);
        }
    }

    @Override
    public void close() {
        if (connector != null) {
            connector.close();
            context.close();
        }
    }
}
