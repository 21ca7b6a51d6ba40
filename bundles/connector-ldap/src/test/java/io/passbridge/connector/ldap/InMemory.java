/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldif.LDIFException;
import io.passbridge.connector.tck.SourceHarness;
import io.passbridge.connector.tck.TestConfiguration;
import io.passbridge.connector.tck.TestContext;
import io.passbridge.credential.SourceAnchor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A server without content synchronisation: UnboundID's own, a real one that listens. */
final class InMemory implements SourceHarness {
    static final String PEOPLE = "ou=people,dc=example,dc=org";
    private static final String ACCOUNT = "cn=sync,dc=example,dc=org";
    private static final AtomicInteger SALTS = new AtomicInteger(1000);

    private final LdapConnectorFactory factory = new LdapConnectorFactory();
    private final InMemoryDirectoryServer server;
    private final TestContext context;

    InMemory(Path folder, String... moreServers) throws LDAPException, LDIFException {
        this(folder, "", moreServers);
    }

    /** With users in scope who are members of a group. */
    static InMemory withGroups(Path folder, String group) throws LDAPException, LDIFException {
        return new InMemory(folder, group, new String[0]);
    }

    private InMemory(Path folder, String groups, String[] moreServers)
            throws LDAPException, LDIFException {
        InMemoryDirectoryServerConfig config =
                new InMemoryDirectoryServerConfig("dc=example,dc=org");
        config.addAdditionalBindCredentials(ACCOUNT, "secret");
        config.setSchema(null);
        server = new InMemoryDirectoryServer(config);
        server.startListening();
        server.add("dn: dc=example,dc=org", "objectClass: domain", "dc: example");
        server.add("dn: " + PEOPLE, "objectClass: organizationalUnit", "ou: people");
        context =
                new TestContext(
                                new TestConfiguration(
                                        "corp",
                                        factory.descriptor(),
                                        folder,
                                        Map.of(
                                                "servers",
                                                String.join(
                                                        ",",
                                                        "ldap://127.0.0.1:"
                                                                + server.getListenPort(),
                                                        String.join(",", moreServers)),
                                                "baseDns",
                                                PEOPLE,
                                                "groups",
                                                groups,
                                                "listSeconds",
                                                "0")),
                                folder.resolve("data"))
                        .withAccount(ACCOUNT, "secret");
    }

    InMemoryDirectoryServer server() {
        return server;
    }

    @Override
    public LdapConnectorFactory factory() {
        return factory;
    }

    @Override
    public List<Path> documentation() {
        return List.of(Path.of("../../docs/connectors/ldap.md"));
    }

    @Override
    public TestContext context() {
        return context;
    }

    static String dn(String uid) {
        return "uid=" + uid + "," + PEOPLE;
    }

    /** A value as a directory would store it; nobody signs in with it here. */
    private static String someHash() {
        return "{PBKDF2-SHA256}10000$c2FsdHNhbHRz"
                + SALTS.incrementAndGet()
                + "$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    }

    @Override
    public SourceAnchor addUser(String loginName) throws LDAPException, LDIFException {
        server.add(
                "dn: " + dn(loginName),
                "objectClass: inetOrgPerson",
                "uid: " + loginName,
                "cn: " + loginName,
                "sn: " + loginName,
                "userPassword: " + someHash());
        return new SourceAnchor(
                server.getEntry(dn(loginName), "entryUUID").getAttributeValue("entryUUID"));
    }

    @Override
    public void changePassword(SourceAnchor user) throws LDAPException {
        replace(user, "userPassword", someHash());
    }

    @Override
    public void disable(SourceAnchor user) throws LDAPException {
        replace(user, "nsAccountLock", "true");
    }

    private void replace(SourceAnchor user, String attribute, String value) throws LDAPException {
        server.modify(find(user), new Modification(ModificationType.REPLACE, attribute, value));
    }

    private String find(SourceAnchor user) throws LDAPException {
        return server.searchForEntry(PEOPLE, SearchScope.SUB, "(entryUUID=" + user + ")", "1.1")
                .getDN();
    }

    @Override
    public void delete(SourceAnchor user) throws LDAPException {
        server.delete(find(user));
    }

    @Override
    public void breakConnection() {
        server.shutDown(true);
    }

    @Override
    public void close() {
        context.close();
        server.shutDown(true);
    }
}
