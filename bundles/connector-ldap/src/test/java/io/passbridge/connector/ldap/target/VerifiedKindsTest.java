/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.target;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import io.passbridge.connector.ldap.session.ServerFacts;
import io.passbridge.connector.ldap.session.ServerKind;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VerifiedKindsTest {
    private InMemoryDirectoryServer server;

    @BeforeEach
    void start() throws Exception {
        InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig("cn=config");
        config.setSchema(null);
        server = new InMemoryDirectoryServer(config);
        server.add("dn: cn=config", "objectClass: olcGlobal", "cn: config");
    }

    private static ServerFacts facts(ServerKind kind, String version) {
        return new ServerFacts(kind, version, Set.of(), "", List.of());
    }

    private Set<String> names(ServerKind kind, String version, String... configured)
            throws Exception {
        return VerifiedKinds.of(server, facts(kind, version), List.of(configured)).names();
    }

    @Test
    void openLdapWithoutItsConfiguration_takesWhatIsAlwaysBuiltIn() throws Exception {
        assertThat(names(ServerKind.OPENLDAP, "")).containsExactly("SSHA");
    }

    @Test
    void openLdapThatShowsItsModules_takesWhatTheyAdd() throws Exception {
        server.add(
                "dn: cn=module{0},cn=config",
                "objectClass: olcModuleList",
                "cn: module{0}",
                "olcModuleLoad: {0}back_mdb",
                "olcModuleLoad: {1}/usr/lib/ldap/pw-sha2.la",
                "olcModuleLoad: {2}argon2.so m=65536 t=2",
                "olcModuleLoad: {3}not-pw-pbkdf2-at-all");
        assertThat(names(ServerKind.OPENLDAP, ""))
                .containsExactlyInAnyOrder(
                        "SSHA", "SSHA256", "SSHA384", "SSHA512", "ARGON2ID", "ARGON2I");
    }

    @Test
    void directory389ThatShowsItsSchemes_takesThose_andNoUnsaltedOnes() throws Exception {
        server.add("dn: cn=plugins,cn=config", "objectClass: nsContainer", "cn: plugins");
        String schemes = "cn=Password Storage Schemes,cn=plugins,cn=config";
        server.add("dn: " + schemes, "objectClass: nsContainer", "cn: Password Storage Schemes");
        for (String name : List.of("SSHA", "SHA", "MD5", "CRYPT-SHA512", "PBKDF2_SHA256")) {
            server.add(
                    "dn: cn=" + name + "," + schemes,
                    "objectClass: nsSlapdPlugin",
                    "cn: " + name,
                    "nsslapd-pluginEnabled: on");
        }
        server.add(
                "dn: cn=SSHA512," + schemes,
                "objectClass: nsSlapdPlugin",
                "cn: SSHA512",
                "nsslapd-pluginEnabled: off");
        assertThat(names(ServerKind.DIRECTORY_389, "389-Directory/2.3.1 B2025"))
                .containsExactlyInAnyOrder("SSHA", "CRYPT-5", "CRYPT-6", "PBKDF2_SHA256");
    }

    @Test
    void directory389WithoutItsConfiguration_takesWhatItsVersionHas() throws Exception {
        assertThat(names(ServerKind.DIRECTORY_389, "389-Directory/1.3.10 B2020"))
                .contains("SSHA512", "CRYPT-6")
                .doesNotContain("PBKDF2-SHA512", "ARGON2ID");
        assertThat(names(ServerKind.DIRECTORY_389, "389-Directory/2.3.1 B2025"))
                .contains("PBKDF2-SHA512");
    }

    @Test
    void whatIsConfigured_counts_andOfOtherServersNothingElse() throws Exception {
        assertThat(names(ServerKind.OTHER, "")).isEmpty();
        assertThat(names(ServerKind.OTHER, "", "ssha512", "CRYPT-6"))
                .containsExactlyInAnyOrder("SSHA512", "CRYPT-6");
    }
}
