/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldif.LDIFException;
import io.passbridge.connector.tck.TargetHarness;
import io.passbridge.connector.tck.TestConfiguration;
import io.passbridge.connector.tck.TestContext;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.Digest;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.hash.module.PlatformCryptography;
import io.passbridge.hash.verify.UserPasswordVerifier;
import io.passbridge.itests.lab.Directory389Lab;
import io.passbridge.itests.lab.OpenLdapLab;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** One branch of a real server that takes passwords, behind a wire. */
final class LiveTarget implements TargetHarness {
    /** Stands for the branch of the test in a parameter. */
    static final String BRANCH = "BRANCH";

    private static final AtomicInteger BRANCHES = new AtomicInteger();

    private final LdapTargetFactory factory = new LdapTargetFactory();
    private final int port;
    private final Wire wire;
    private final LDAPConnection admin;
    private final String branch;
    private final TestContext context;
    private final Map<String, String> passwords = new HashMap<>();

    LiveTarget(OpenLdapLab lab, Path folder, String... parameters) throws Exception {
        this(
                lab.port(),
                new String[] {"cn=admin," + OpenLdapLab.TREE, "admin"},
                new String[] {OpenLdapLab.WRITER, OpenLdapLab.WRITER_PASSWORD},
                folder,
                parameters);
    }

    LiveTarget(Directory389Lab lab, Path folder, String... parameters) throws Exception {
        this(
                lab.port(),
                new String[] {Directory389Lab.MANAGER, Directory389Lab.MANAGER_PASSWORD},
                new String[] {Directory389Lab.WRITER, Directory389Lab.WRITER_PASSWORD},
                folder,
                parameters);
    }

    private LiveTarget(int port, String[] admin, String[] writer, Path folder, String... parameters)
            throws Exception {
        this.port = port;
        this.wire = new Wire(port);
        this.admin = new LDAPConnection("127.0.0.1", port, admin[0], admin[1]);
        this.branch = "ou=t" + BRANCHES.incrementAndGet() + "," + OpenLdapLab.PEOPLE;
        this.admin.add(new Entry("dn: " + branch, "objectClass: organizationalUnit"));
        Map<String, String> values = new HashMap<>();
        values.put("servers", wire.url());
        values.put("baseDns", branch);
        for (int i = 0; i < parameters.length; i += 2) {
            values.put(parameters[i], parameters[i + 1].replace(BRANCH, branch));
        }
        this.context =
                new TestContext(
                                new TestConfiguration(
                                        "cloud", factory.descriptor(), folder, values),
                                folder.resolve("data"))
                        .withAccount(writer[0], writer[1]);
        context.withVerifier(
                new UserPasswordVerifier(context.legacyPolicy(), new PlatformCryptography()));
    }

    Wire wire() {
        return wire;
    }

    LDAPConnection admin() {
        return admin;
    }

    String dn(String uid) {
        return "uid=" + uid + "," + branch;
    }

    @Override
    public LdapTargetFactory factory() {
        return factory;
    }

    @Override
    public List<Path> documentation() {
        return List.of(
                Path.of("../../docs/connectors/ldap-target.md"),
                Path.of("../../docs/connectors/ldap.md"));
    }

    @Override
    public TestContext context() {
        return context;
    }

    @Override
    public void addUser(SourceAnchor user, String loginName) throws LDAPException, LDIFException {
        addUser(loginName, "objectClass: passbridgeUser", "passbridgeAnchor: " + user.value());
    }

    void addUser(String loginName, String... more) throws LDAPException, LDIFException {
        String[] usual = {
            "dn: " + dn(loginName),
            "objectClass: inetOrgPerson",
            "uid: " + loginName,
            "cn: " + loginName,
            "sn: " + loginName,
            "mail: " + loginName + "@example.org"
        };
        String[] lines = Arrays.copyOf(usual, usual.length + more.length);
        System.arraycopy(more, 0, lines, usual.length, more.length);
        admin.add(new Entry(lines));
    }

    /** The login names of all users of the branch. */
    List<String> users() throws LDAPException {
        return admin.search(branch, SearchScope.ONE, "(uid=*)", "uid").getSearchEntries().stream()
                .map(entry -> entry.getAttributeValue("uid"))
                .toList();
    }

    @Override
    public Digest digest(int number) {
        String password = "Contract-Password-" + number;
        String value = ssha(password, "salt" + number);
        passwords.put(value, password);
        return new Digest("SSHA", value);
    }

    /** RFC 2307 as servers write it. */
    static String ssha(String password, String salt) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-1");
            sha.update(password.getBytes(StandardCharsets.UTF_8));
            byte[] salted = salt.getBytes(StandardCharsets.US_ASCII);
            byte[] digest = sha.digest(salted);
            byte[] value = Arrays.copyOf(digest, digest.length + salted.length);
            System.arraycopy(salted, 0, value, digest.length, salted.length);
            return "{SSHA}" + Base64.getEncoder().encodeToString(value);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private SearchResultEntry entry(SourceAnchor user) throws LDAPException {
        return admin.searchForEntry(
                branch,
                SearchScope.SUB,
                "(passbridgeAnchor=" + user + ")",
                "userPassword",
                "passbridgeVersion");
    }

    @Override
    public Optional<String> storedDigest(SourceAnchor user) throws LDAPException {
        return Optional.ofNullable(entry(user).getAttributeValue("userPassword"));
    }

    @Override
    public List<String> attribute(SourceAnchor user, String name) throws LDAPException {
        String[] values =
                admin.searchForEntry(
                                branch, SearchScope.SUB, "(passbridgeAnchor=" + user + ")", name)
                        .getAttributeValues(name);
        return values == null ? List.of() : List.of(values);
    }

    /** Whether the user can really sign in at the server. */
    @Override
    public boolean maySignIn(SourceAnchor user, AccountState applied) throws LDAPException {
        SearchResultEntry entry = entry(user);
        String password = passwords.get(entry.getAttributeValue("userPassword"));
        return mayBind(entry.getDN(), password);
    }

    @Override
    public Optional<Boolean> signsIn(String loginName, String password) {
        return Optional.of(mayBind(dn(loginName), password));
    }

    private boolean mayBind(String dn, String password) {
        try {
            new LDAPConnection("127.0.0.1", port, dn, password).close();
            return true;
        } catch (LDAPException e) {
            return false;
        }
    }

    @Override
    public void close() throws Exception {
        context.close();
        wire.close();
        admin.close();
    }
}
