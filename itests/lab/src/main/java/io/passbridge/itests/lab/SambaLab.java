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
import java.util.Locale;
import java.util.Map;

/** A throw-away Samba domain controller, made by {@code itests/lab/samba-dc.sh}. */
public final class SambaLab implements AutoCloseable {
    /** DNS name of the domain. */
    public static final String DOMAIN = "corp.example";

    /** Distinguished name of the domain. */
    public static final String HEAD = "DC=corp,DC=example";

    /** Password of {@code Administrator}, of this throw-away domain alone. */
    public static final String ADMINISTRATOR_PASSWORD = "Adm1n-Passw0rd!";

    private static final int DNS_PORT = 10053;

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

    /** A controller whose domain has its names in a DNS server of its own. */
    public static SambaLab firstWithDns(String address) throws IOException, InterruptedException {
        SambaLab lab = new SambaLab(Files.createTempDirectory("pb-dc"), "dc1", address);
        lab.script(Map.of("DNS", "SAMBA_INTERNAL"), "up");
        return lab;
    }

    /**
     * A controller of another domain, which has no users of its own beside those of Samba and
     * serves files, so that {@code smbclient} can sign in.
     *
     * @param domain its DNS name
     */
    public static SambaLab other(String address, String domain)
            throws IOException, InterruptedException {
        SambaLab lab = new SambaLab(Files.createTempDirectory("pb-dc"), "dc1", address);
        lab.script(Map.of("DOMAIN", domain, "EMPTY", "1", "SMB", "1"), "up");
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

    public String address() {
        return address;
    }

    /** Where the domain's DNS server answers, {@code ADDRESS:PORT}. */
    public String dnsServer() {
        return address + ":" + DNS_PORT;
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

    /** The Unix-domain socket behind which everything runs as the system. */
    public Path systemSocket() {
        return folder.resolve("dc/private/ldap_priv/ldapi");
    }

    public void start() throws IOException, InterruptedException {
        script(Map.of(), "start");
    }

    public void stop() throws IOException, InterruptedException {
        script(Map.of(), "stop");
    }

    /**
     * Starts the controller anew with options of {@code smb.conf} beside its usual ones; with none,
     * as it was.
     */
    public void restartWith(String... options) throws IOException, InterruptedException {
        stop();
        Path conf = folder.resolve("dc/etc/smb-lab.conf");
        Path usual = folder.resolve("dc/etc/smb-usual.conf");
        if (!Files.exists(usual)) {
            Files.copy(conf, usual);
        }
        StringBuilder global = new StringBuilder("[global]");
        for (String option : options) {
            global.append("\n\t").append(option);
        }
        Files.writeString(conf, Files.readString(usual).replace("[global]", global));
        start();
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

    /**
     * A command line as it is typed on a controller: Samba's tools find this one's configuration,
     * and {@code /var/lib/samba} stands for its folder.
     *
     * @param folder where it is typed
     */
    public String onController(String line, Path folder) throws IOException, InterruptedException {
        String here = line.replace("/var/lib/samba", this.folder.resolve("dc").toString());
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", here).directory(folder.toFile());
        shell.environment()
                .put("SMB_CONF_PATH", this.folder.resolve("dc/etc/smb-lab.conf").toString());
        return LabCommand.run(shell, "");
    }

    /** Writes a key table with the keys of an account. */
    public void exportKeyTable(Path file, String account) throws IOException, InterruptedException {
        LabCommand.run(
                new ProcessBuilder(
                        "/usr/bin/samba-tool",
                        "domain",
                        "exportkeytab",
                        file.toString(),
                        "--principal=" + account,
                        "-s",
                        folder.resolve("dc/etc/smb-lab.conf").toString()),
                "");
    }

    /** Applies LDIF to the controller's own database, with its system's rights. */
    public void modify(String ldif, String... options) throws IOException, InterruptedException {
        ldb("ldbmodify", folder.resolve("dc/private/sam.ldb"), ldif, options);
    }

    /** Adds the objects of an LDIF to the controller's own database, with its system's rights. */
    public void add(String ldif, String... options) throws IOException, InterruptedException {
        ldb("ldbadd", folder.resolve("dc/private/sam.ldb"), ldif, options);
    }

    /** Applies LDIF to the file of one naming context, past every rule of the directory. */
    public void modifyRaw(String namingContext, String ldif)
            throws IOException, InterruptedException {
        ldb(
                "ldbmodify",
                folder.resolve("dc/private/sam.ldb.d")
                        .resolve(namingContext.toUpperCase(Locale.ROOT) + ".ldb"),
                ldif);
    }

    private static void ldb(String tool, Path database, String ldif, String... options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("/usr/bin/" + tool));
        command.addAll(List.of("-H", database.toString()));
        command.addAll(List.of(options));
        LabCommand.run(new ProcessBuilder(command), ldif);
    }

    /** Adds a service record to the zone {@code _msdcs} of the domain's DNS server. */
    public void addService(String name, String host, int priority, int weight)
            throws IOException, InterruptedException {
        LabCommand.run(
                new ProcessBuilder(
                        "/usr/bin/samba-tool",
                        "dns",
                        "add",
                        address,
                        "_msdcs." + DOMAIN,
                        name,
                        "SRV",
                        "%s 389 %d %d".formatted(host, priority, weight),
                        "--use-kerberos=off",
                        "-U",
                        "CORP\\Administrator%" + ADMINISTRATOR_PASSWORD,
                        "-s",
                        folder.resolve("dc/etc/smb-lab.conf").toString()),
                "");
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
