/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A throw-away OpenLDAP server, made by {@code itests/lab/openldap.sh}. */
public final class OpenLdapLab implements AutoCloseable {
    private static final String ADMIN = "cn=admin,dc=example,dc=org";

    /** The name of the account that may read passwords and no more. */
    public static final String SYNC = "cn=sync,dc=example,dc=org";

    /** Its password, of this throw-away server alone. */
    public static final String SYNC_PASSWORD = "sync-secret";

    /** The name of the account that gets two entries of any answer. */
    public static final String LIMITED = "cn=limited,dc=example,dc=org";

    /** Its password. */
    public static final String LIMITED_PASSWORD = "limited-secret";

    /** The name of the account that sees no people, though it sees where they stand. */
    public static final String BLIND = "cn=blind,dc=example,dc=org";

    /** Its password. */
    public static final String BLIND_PASSWORD = "blind-secret";

    /** The name of the account that may write people and their passwords. */
    public static final String WRITER = "cn=writer,dc=example,dc=org";

    /** Its password. */
    public static final String WRITER_PASSWORD = "writer-secret";

    /** The name of the account that may write people and nothing else. */
    public static final String NARROW = "cn=narrow,dc=example,dc=org";

    /** Its password. */
    public static final String NARROW_PASSWORD = "narrow-secret";

    /** The name of the tree. */
    public static final String TREE = "dc=example,dc=org";

    /** Where people stand. */
    public static final String PEOPLE = "ou=people,dc=example,dc=org";

    private final Path folder;
    private final int port;
    private final int tlsPort;
    private final int kdcPort;
    private String sync = "log";
    private String ciphers = "";
    private String modules = "pw-sha2 pw-pbkdf2 argon2";

    private OpenLdapLab(Path folder, int port, int tlsPort, int kdcPort) {
        this.folder = folder;
        this.port = port;
        this.tlsPort = tlsPort;
        this.kdcPort = kdcPort;
    }

    /** Whether a server can be made here: it needs Debian's slapd and ldap-utils. */
    public static boolean possible() {
        return Files.isExecutable(Path.of("/usr/sbin/slapd"))
                && Files.isExecutable(Path.of("/usr/bin/ldapmodify"))
                && Files.isRegularFile(Path.of("/usr/lib/ldap/auditlog.la"));
    }

    /** Starts a server without people. */
    public static OpenLdapLab start() throws IOException, InterruptedException {
        return start(new OpenLdapLab(Files.createTempDirectory("pb-ldap"), freePort(), 0, 0));
    }

    /** Starts a server without people that speaks TLS, too. */
    public static OpenLdapLab startWithTls() throws IOException, InterruptedException {
        return start(
                new OpenLdapLab(Files.createTempDirectory("pb-ldap"), freePort(), freePort(), 0));
    }

    /** Whether a realm can be made here: it needs Debian's krb5-kdc and krb5-admin-server. */
    public static boolean kerberosPossible() {
        return possible()
                && Files.isExecutable(Path.of("/usr/sbin/krb5kdc"))
                && Files.isExecutable(Path.of("/usr/sbin/kadmin.local"));
    }

    /** Starts a server without people in a Kerberos realm of its own. */
    public static OpenLdapLab startWithKerberos() throws IOException, InterruptedException {
        return start(
                new OpenLdapLab(Files.createTempDirectory("pb-ldap"), freePort(), 0, freePort()));
    }

    private static OpenLdapLab start(OpenLdapLab lab) throws IOException, InterruptedException {
        lab.script("up", "");
        return lab;
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    public int port() {
        return port;
    }

    public String url() {
        return "ldap://127.0.0.1:" + port;
    }

    public String ldapsUrl() {
        return "ldaps://localhost:" + tlsPort;
    }

    /** The server's configuration, which its tools look for in {@code /etc/ldap} otherwise. */
    public Path configuration() {
        return folder.resolve("slapd.conf");
    }

    /** The server's Unix-domain socket. */
    public Path socket() {
        return folder.resolve("ldapi");
    }

    /** A file of the Kerberos realm: {@code krb5.conf}, {@code sync.keytab}. */
    public Path kerberos(String name) {
        return folder.resolve("krb").resolve(name);
    }

    /** A file of the server's authority: {@code ca.pem}, {@code client.pem}, {@code client.key}. */
    public Path tls(String name) {
        return folder.resolve("tls").resolve(name);
    }

    /** Stops the server and starts it over what is there. */
    public void restart() throws IOException, InterruptedException {
        stop();
        up();
    }

    public void stop() throws IOException, InterruptedException {
        script("stop", "");
    }

    /** Ends the server without a warning. */
    public void kill() throws IOException, InterruptedException {
        script("kill", "");
    }

    /** Starts the server over what is there. */
    public void up() throws IOException, InterruptedException {
        script("start", "");
    }

    /**
     * Starts the server anew with another sync provider.
     *
     * @param provider {@code log}, {@code nolog} (without memory of what was deleted), {@code none}
     */
    public void restartWithSync(String provider) throws IOException, InterruptedException {
        sync = provider;
        restart();
    }

    /**
     * Starts the server anew with other modules for passwords.
     *
     * @param names separated by blanks, of those that are installed
     */
    public void restartWithModules(String names) throws IOException, InterruptedException {
        modules = names;
        restart();
    }

    /**
     * Starts the server anew with another certificate; does nothing if it is the one that is shown.
     *
     * @param name {@code good}, {@code short}, {@code expired} or {@code stranger}
     */
    public void restartWithCertificate(String name) throws IOException, InterruptedException {
        if (Files.readSymbolicLink(tls("server.pem")).equals(Path.of(name + ".pem"))) {
            return;
        }
        for (String kind : new String[] {".pem", ".key"}) {
            Path link = tls("server" + kind);
            Files.delete(link);
            Files.createSymbolicLink(link, Path.of(name + kind));
        }
        restart();
    }

    /**
     * Starts the server anew with other versions and suites of TLS.
     *
     * @param priorities as GnuTLS takes them; empty for what it does by itself
     */
    public void restartWithCiphers(String priorities) throws IOException, InterruptedException {
        ciphers = priorities;
        restart();
    }

    /** Adds entries to the database while the server stands still: the fast way for many. */
    public void load(String ldif) throws IOException, InterruptedException {
        script("load", ldif);
    }

    /** Where {@link #dump} writes to. */
    public Path dumpFile() {
        return folder.resolve("dump.ldif");
    }

    /** To which the server appends every change as it happens. */
    public Path liveFile() {
        return folder.resolve("live.ldif");
    }

    /** Writes the whole directory to the dump file, in one step. */
    public void dump() throws IOException, InterruptedException {
        script("dump", "");
    }

    /** The name of a person. */
    public static String dn(String uid) {
        return "uid=" + uid + ",ou=people,dc=example,dc=org";
    }

    /** Adds a person without a password. */
    public void addPerson(String uid) throws IOException, InterruptedException {
        modify(
                "dn: "
                        + dn(uid)
                        + "\nchangetype: add\nobjectClass: inetOrgPerson\nuid: "
                        + uid
                        + "\ncn: "
                        + uid
                        + "\nsn: "
                        + uid
                        + "\nmail: "
                        + uid
                        + "@example.org\n");
    }

    /** Applies change records as the administrator. */
    public void modify(String ldif) throws IOException, InterruptedException {
        client("ldapmodify", ldif);
    }

    /** Sets a password, which the server hashes. */
    public void setPassword(String uid, String password) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("password"), password);
        client("ldappasswd", "", "-T", file.toString(), dn(uid));
        Files.delete(file);
    }

    /** Whether a person can sign in with a password. */
    public boolean signsIn(String uid, String password) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("attempt"), password);
        try {
            ProcessBuilder attempt =
                    new ProcessBuilder(
                            "ldapwhoami", "-x", "-H", url(), "-D", dn(uid), "-y", file.toString());
            return attempt.redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } finally {
            Files.delete(file);
        }
    }

    private void client(String tool, String input, String... arguments)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(tool, "-x", "-H", "ldap://127.0.0.1:" + port, "-D", ADMIN, "-w"));
        command.add("admin");
        command.addAll(List.of(arguments));
        LabCommand.run(new ProcessBuilder(command), input);
    }

    private void script(String verb, String input) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(LabCommand.script("openldap.sh").toString(), verb);
        builder.environment().put("LAB", folder.toString());
        builder.environment().put("PORT", Integer.toString(port));
        builder.environment().put("SYNC", sync);
        builder.environment().put("MODULES", modules);
        builder.environment().put("CIPHERS", ciphers);
        if (tlsPort != 0) {
            builder.environment().put("TLS_PORT", Integer.toString(tlsPort));
        }
        if (kdcPort != 0) {
            builder.environment().put("KDC_PORT", Integer.toString(kdcPort));
        }
        LabCommand.run(builder, input);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        script("down", "");
        LabCommand.run(new ProcessBuilder("rm", "-r", folder.toString()), "");
    }
}
