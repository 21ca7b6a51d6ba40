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

/** A throw-away 389 Directory Server, made by {@code itests/lab/389ds.sh}. */
public final class Directory389Lab implements AutoCloseable {
    /** The name of the account that may do everything. */
    public static final String MANAGER = "cn=Directory Manager";

    /** Its password, of this throw-away server alone. */
    public static final String MANAGER_PASSWORD = "manager-secret";

    /** The name of the account that may read passwords and no more. */
    public static final String SYNC = "cn=sync,dc=example,dc=org";

    /** Its password. */
    public static final String SYNC_PASSWORD = "sync-secret";

    /** The name of the account that may write people and their passwords. */
    public static final String WRITER = "cn=writer,dc=example,dc=org";

    /** Its password. */
    public static final String WRITER_PASSWORD = "writer-secret";

    private final Path folder;
    private final int port;
    private final String sync;

    private Directory389Lab(Path folder, int port, String sync) {
        this.folder = folder;
        this.port = port;
        this.sync = sync;
    }

    /** Whether a server can be made here: it needs Debian's 389-ds-base and ldap-utils. */
    public static boolean possible() {
        return Files.isExecutable(Path.of("/usr/sbin/ns-slapd"))
                && Files.isExecutable(Path.of("/usr/bin/pwdhash"))
                && Files.isExecutable(Path.of("/usr/bin/ldapadd"))
                && Files.isRegularFile(Path.of("/usr/share/dirsrv/data/template-dse.ldif"));
    }

    /** Starts a server without people that tells changes by content synchronisation. */
    public static Directory389Lab start() throws IOException, InterruptedException {
        return start("log");
    }

    /** Starts a server without people that tells changes by their times alone. */
    public static Directory389Lab startWithoutSync() throws IOException, InterruptedException {
        return start("none");
    }

    /**
     * Starts a server without people that tells changes by its retro changelog alone.
     *
     * @param identifiers whether it tells the identifiers of entries, too
     */
    public static Directory389Lab startWithRetroChangelog(boolean identifiers)
            throws IOException, InterruptedException {
        return start(identifiers ? "retro-ids" : "retro");
    }

    private static Directory389Lab start(String sync) throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Directory389Lab lab = new Directory389Lab(Files.createTempDirectory("pb-389"), port, sync);
        lab.script("up");
        return lab;
    }

    public int port() {
        return port;
    }

    public String url() {
        return "ldap://127.0.0.1:" + port;
    }

    /** Stops the server and starts it over what is there. */
    public void restart() throws IOException, InterruptedException {
        script("stop");
        script("start");
    }

    /** Ends the server without a warning. */
    public void kill() throws IOException, InterruptedException {
        script("kill");
    }

    /** Starts the server over what is there. */
    public void up() throws IOException, InterruptedException {
        script("start");
    }

    /** Applies change records as the manager. */
    public void modify(String ldif) throws IOException, InterruptedException {
        LabCommand.run(
                new ProcessBuilder(
                        "ldapmodify", "-x", "-H", url(), "-D", MANAGER, "-w", MANAGER_PASSWORD),
                ldif);
    }

    /** Whether somebody can sign in with a password. */
    public boolean signsIn(String dn, String password) throws IOException, InterruptedException {
        Path file = Files.writeString(Files.createTempFile("pb-389", ".attempt"), password);
        try {
            return new ProcessBuilder(
                                    "ldapwhoami",
                                    "-x",
                                    "-H",
                                    url(),
                                    "-D",
                                    dn,
                                    "-y",
                                    file.toString())
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } finally {
            Files.delete(file);
        }
    }

    private void script(String verb) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(LabCommand.script("389ds.sh").toString(), verb);
        builder.environment().put("LAB", folder.toString());
        builder.environment().put("PORT", Integer.toString(port));
        builder.environment().put("SYNC", sync);
        LabCommand.run(builder, "");
    }

    @Override
    public void close() throws IOException, InterruptedException {
        script("down");
        LabCommand.run(new ProcessBuilder("rm", "-r", folder.toString()), "");
    }
}
