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

    private final Path folder;
    private final int port;

    private OpenLdapLab(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /** Whether a server can be made here: it needs Debian's slapd and ldap-utils. */
    public static boolean possible() {
        return Files.isExecutable(Path.of("/usr/sbin/slapd"))
                && Files.isExecutable(Path.of("/usr/bin/ldapmodify"))
                && Files.isRegularFile(Path.of("/usr/lib/ldap/auditlog.la"));
    }

    /** Starts a server without people. */
    public static OpenLdapLab start() throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        OpenLdapLab lab = new OpenLdapLab(Files.createTempDirectory("pb-ldap"), port);
        lab.script("up");
        return lab;
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
        script("dump");
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

    private void client(String tool, String input, String... arguments)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(tool, "-x", "-H", "ldap://127.0.0.1:" + port, "-D", ADMIN, "-w"));
        command.add("admin");
        command.addAll(List.of(arguments));
        LabCommand.run(new ProcessBuilder(command), input);
    }

    private void script(String verb) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(LabCommand.script("openldap.sh").toString(), verb);
        builder.environment().put("LAB", folder.toString());
        builder.environment().put("PORT", Integer.toString(port));
        LabCommand.run(builder, "");
    }

    @Override
    public void close() throws IOException, InterruptedException {
        script("down");
        LabCommand.run(new ProcessBuilder("rm", "-r", folder.toString()), "");
    }
}
