/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import io.passbridge.itests.lab.SambaLab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The three ways into a domain, each with a password. */
final class DomainSignIn {
    private final SambaLab lab;
    private final String workgroup;
    private final String realm;
    private final Path kerberos;
    private final Path cache;

    /**
     * @param folder for files of its own
     */
    DomainSignIn(SambaLab lab, String domain, Path folder) throws IOException {
        this.lab = lab;
        this.realm = domain.toUpperCase(java.util.Locale.ROOT);
        this.workgroup = realm.substring(0, realm.indexOf('.'));
        this.cache = folder.resolve("tickets");
        this.kerberos = folder.resolve("krb5.conf");
        Files.writeString(
                kerberos,
                Files.readString(lab.folder().resolve("krb5.conf"))
                        .replace(
                                "[libdefaults]",
                                "[libdefaults]\n permitted_enctypes ="
                                        + " aes256-cts-hmac-sha1-96\n default_tkt_enctypes ="
                                        + " aes256-cts-hmac-sha1-96"));
    }

    /** Whether a controller can be made here, and signed in at in all three ways. */
    static boolean possible() {
        return SambaLab.possible()
                && Stream.of("ldapsearch", "smbclient", "kinit")
                        .allMatch(tool -> Files.isExecutable(Path.of("/usr/bin", tool)));
    }

    /** LDAP simple bind. */
    Ran bind(String user, String password) throws IOException, InterruptedException {
        ProcessBuilder search =
                new ProcessBuilder(
                        "ldapsearch",
                        "-x",
                        "-H",
                        "ldaps://" + lab.address(),
                        "-D",
                        user + "@" + realm.toLowerCase(java.util.Locale.ROOT),
                        "-w",
                        password,
                        "-b",
                        "",
                        "-s",
                        "base",
                        "highestCommittedUSN");
        // its certificate is for a name that no resolver knows
        search.environment().put("LDAPTLS_REQCERT", "never");
        return Installation.run(search, "");
    }

    /** NTLM. */
    Ran smb(String user, String password) throws IOException, InterruptedException {
        ProcessBuilder client =
                new ProcessBuilder(
                        "smbclient",
                        "-L",
                        lab.address(),
                        "--use-kerberos=off",
                        "-U",
                        workgroup + "\\" + user + "%" + password);
        client.environment()
                .put("SMB_CONF_PATH", lab.folder().resolve("dc/etc/smb-lab.conf").toString());
        return Installation.run(client, "");
    }

    /** Kerberos with AES-256 alone. */
    Ran kinit(String user, String password) throws IOException, InterruptedException {
        ProcessBuilder kinit = new ProcessBuilder("kinit", user + "@" + realm);
        kinit.environment().put("KRB5_CONFIG", kerberos.toString());
        kinit.environment().put("KRB5CCNAME", "FILE:" + cache);
        return Installation.run(kinit, password + "\n");
    }

    /** All three. */
    List<Ran> all(String user, String password) throws IOException, InterruptedException {
        return List.of(bind(user, password), smb(user, password), kinit(user, password));
    }
}
