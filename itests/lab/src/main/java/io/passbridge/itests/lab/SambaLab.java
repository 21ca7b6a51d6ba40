/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A throw-away Samba domain controller, made by {@code itests/lab/samba-dc.sh}. */
public final class SambaLab implements AutoCloseable {
    /** DNS name of the domain. */
    public static final String DOMAIN = "corp.example";

    private final Path folder;
    private final String name;
    private final String address;

    private SambaLab(Path folder, String name, String address) {
        this.folder = folder;
        this.name = name;
        this.address = address;
    }

    /** Whether a controller can be made here: it needs root and Debian's Samba packages. */
    public static boolean possible() {
        return Files.isExecutable(Path.of("/usr/sbin/samba"))
                && Files.isExecutable(Path.of("/usr/bin/samba-tool"))
                && Files.isDirectory(Path.of("/usr/share/samba/setup/ad-schema"))
                && "root".equals(System.getProperty("user.name"));
    }

    public static SambaLab first(String address) throws IOException, InterruptedException {
        SambaLab lab = new SambaLab(Files.createTempDirectory("pb-dc"), "dc1", address);
        lab.script(Map.of(), "up");
        return lab;
    }

    public static SambaLab second(SambaLab first, String address)
            throws IOException, InterruptedException {
        SambaLab lab = new SambaLab(Files.createTempDirectory("pb-dc"), "dc2", address);
        lab.script(Map.of("PEER_LAB", first.folder.toString(), "PEER_IP", first.address), "join");
        return lab;
    }

    /** As a connector is configured with it. */
    public String controller() {
        return name + ".corp.example@" + address;
    }

    public Path authority() {
        return folder.resolve("tls/ca.pem");
    }

    public Path folder() {
        return folder;
    }

    /** Replicates what the other controller has and this one has not. */
    public void pullFrom(SambaLab other) throws IOException, InterruptedException {
        script(Map.of("PEER", other.name), "pull");
    }

    public void start() throws IOException, InterruptedException {
        script(Map.of(), "start");
    }

    public void stop() throws IOException, InterruptedException {
        script(Map.of(), "stop");
    }

    public void kill() throws IOException, InterruptedException {
        script(Map.of("KILL", "1"), "stop");
    }

    /** {@code samba-tool} on the controller's own database. */
    public String tool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("/usr/bin/samba-tool"));
        command.addAll(List.of(arguments));
        command.addAll(
                List.of(
                        "-H",
                        folder.resolve("dc/private/sam.ldb").toString(),
                        "-s",
                        folder.resolve("dc/etc/smb-lab.conf").toString()));
        return LabCommand.run(new ProcessBuilder(command), "");
    }

    /** Applies LDIF to the controller's own database, with its system's rights. */
    public void modify(String ldif, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("/usr/bin/ldbmodify"));
        command.addAll(List.of("-H", folder.resolve("dc/private/sam.ldb").toString()));
        command.addAll(List.of(options));
        LabCommand.run(new ProcessBuilder(command), ldif);
    }

    private void script(Map<String, String> more, String verb)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(LabCommand.script("samba-dc.sh").toString(), verb);
        builder.environment().putAll(more);
        builder.environment().put("LAB", folder.toString());
        builder.environment().put("NAME", name);
        builder.environment().put("IP", address);
        LabCommand.run(builder, "");
    }

    @Override
    public void close() throws IOException, InterruptedException {
        script(Map.of(), "down");
    }
}
