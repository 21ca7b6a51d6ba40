/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.ExtendedResult;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.extensions.PasswordModifyExtendedRequest;
import com.unboundid.ldif.LDIFException;
import io.passbridge.connector.tck.SourceHarness;
import io.passbridge.connector.tck.TestConfiguration;
import io.passbridge.connector.tck.TestContext;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.itests.lab.Directory389Lab;
import io.passbridge.itests.lab.OpenLdapLab;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** One branch of a real server, with the people of one test in it, behind a wire. */
final class LiveDirectory implements SourceHarness {
    /** Stands for the branch of the test in a parameter. */
    static final String BRANCH = "BRANCH";

    private static final AtomicInteger BRANCHES = new AtomicInteger();

    private final LdapConnectorFactory factory = new LdapConnectorFactory();
    private final Server server;
    private final Wire wire;
    private final TestContext context;
    private final String branch;
    private LDAPConnection admin;

    /**
     * What differs between the makes of servers.
     *
     * @param anchor the attribute that identifies users
     * @param lock what disables an account
     */
    record Server(
            int port,
            String admin,
            String adminPassword,
            String account,
            String accountPassword,
            String anchor,
            Modification lock) {
        static Server of(OpenLdapLab lab) {
            return new Server(
                    lab.port(),
                    "cn=admin," + OpenLdapLab.TREE,
                    "admin",
                    OpenLdapLab.SYNC,
                    OpenLdapLab.SYNC_PASSWORD,
                    "entryUUID",
                    new Modification(
                            ModificationType.REPLACE, "pwdAccountLockedTime", "000001010000Z"));
        }

        static Server of(Directory389Lab lab) {
            return new Server(
                    lab.port(),
                    Directory389Lab.MANAGER,
                    Directory389Lab.MANAGER_PASSWORD,
                    Directory389Lab.SYNC,
                    Directory389Lab.SYNC_PASSWORD,
                    "nsUniqueId",
                    new Modification(ModificationType.REPLACE, "nsAccountLock", "true"));
        }
    }

    LiveDirectory(OpenLdapLab lab, Path folder, String... parameters) throws Exception {
        this(Server.of(lab), folder, parameters);
    }

    LiveDirectory(Directory389Lab lab, Path folder, String... parameters) throws Exception {
        this(Server.of(lab), folder, parameters);
    }

    private LiveDirectory(Server server, Path folder, String... parameters) throws Exception {
        this.server = server;
        this.wire = new Wire(server.port());
        this.admin = connectAsAdmin();
        this.branch = "ou=b" + BRANCHES.incrementAndGet() + "," + OpenLdapLab.PEOPLE;
        admin.add(new Entry("dn: " + branch, "objectClass: organizationalUnit"));
        Map<String, String> values = new HashMap<>();
        values.put("servers", wire.url());
        values.put("baseDns", branch);
        for (int i = 0; i < parameters.length; i += 2) {
            values.put(parameters[i], parameters[i + 1].replace(BRANCH, branch));
        }
        this.context =
                new TestContext(
                                new TestConfiguration("corp", factory.descriptor(), folder, values),
                                folder.resolve("data"))
                        .withAccount(server.account(), server.accountPassword());
    }

    private LDAPConnection connectAsAdmin() throws LDAPException {
        return new LDAPConnection(
                "127.0.0.1", server.port(), server.admin(), server.adminPassword());
    }

    /** A connection that can write everything, made anew after the server was restarted. */
    LDAPConnection admin() throws LDAPException {
        if (!admin.isConnected()) {
            admin.close();
            admin = connectAsAdmin();
        }
        return admin;
    }

    Wire wire() {
        return wire;
    }

    String branch() {
        return branch;
    }

    String dn(String uid) {
        return "uid=" + uid + "," + branch;
    }

    @Override
    public LdapConnectorFactory factory() {
        return factory;
    }

    @Override
    public TestContext context() {
        return context;
    }

    @Override
    public SourceAnchor addUser(String loginName) throws LDAPException, LDIFException {
        admin().add(
                        new Entry(
                                "dn: " + dn(loginName),
                                "objectClass: inetOrgPerson",
                                "objectClass: shadowAccount",
                                "uid: " + loginName,
                                "cn: " + loginName,
                                "sn: " + loginName,
                                "mail: " + loginName + "@example.org"));
        setPassword(loginName, "First-of-" + loginName);
        return anchor(loginName);
    }

    /** Adds a part of the branch. */
    void addPart(String ou) throws LDAPException, LDIFException {
        admin().add(new Entry("dn: ou=" + ou + "," + branch, "objectClass: organizationalUnit"));
    }

    /** Moves a user into a part of the branch. */
    void move(String uid, String ou) throws LDAPException {
        admin().modifyDN(dn(uid), "uid=" + uid.split(",")[0], true, "ou=" + ou + "," + branch);
    }

    SourceAnchor anchor(String uid) throws LDAPException {
        return new SourceAnchor(
                admin().getEntry(dn(uid), server.anchor()).getAttributeValue(server.anchor()));
    }

    void setPassword(String uid, String password) throws LDAPException {
        setPasswordOf(dn(uid), password);
    }

    /** The server hashes it. */
    private void setPasswordOf(String dn, String password) throws LDAPException {
        if (server.admin().equals(Directory389Lab.MANAGER)) {
            // its extended operation wants a sealed connection
            admin().modify(
                            dn,
                            new Modification(ModificationType.REPLACE, "userPassword", password));
            return;
        }
        ExtendedResult set =
                admin().processExtendedOperation(
                                new PasswordModifyExtendedRequest(dn, null, password));
        if (!set.getResultCode().equals(ResultCode.SUCCESS)) {
            throw new LDAPException(set);
        }
    }

    void replace(String uid, String attribute, String... values) throws LDAPException {
        admin().modify(dn(uid), new Modification(ModificationType.REPLACE, attribute, values));
    }

    private String dn(SourceAnchor user) throws LDAPException {
        return admin().searchForEntry(
                        branch, SearchScope.SUB, "(" + server.anchor() + "=" + user + ")", "1.1")
                .getDN();
    }

    @Override
    public void changePassword(SourceAnchor user) throws LDAPException {
        setPasswordOf(dn(user), "Pw-" + System.nanoTime());
    }

    @Override
    public void disable(SourceAnchor user) throws LDAPException {
        admin().modify(dn(user), server.lock());
    }

    @Override
    public void delete(SourceAnchor user) throws LDAPException {
        admin().delete(dn(user));
    }

    @Override
    public void setTitle(SourceAnchor user, String title) throws LDAPException {
        admin().modify(dn(user), new Modification(ModificationType.REPLACE, "title", title));
    }

    @Override
    public void breakConnection() {
        wire.cut();
    }

    @Override
    public void close() throws Exception {
        context.close();
        wire.close();
        admin.close();
    }
}
