/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.ad.replication.ReplicationEndpoint;
import io.passbridge.itests.lab.SambaLab;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Controllers found in the domain's own DNS server. */
@LiveDomain
class DiscoveryLiveTest {
    private static final String SITE_RECORDS = "_ldap._tcp.Branch._sites.dc";

    private static SambaLab lab;

    @TempDir Path data;

    @BeforeAll
    static void addSite(SambaLab shared) throws Exception {
        lab = shared;
        lab.addService(SITE_RECORDS, "dc9.corp.example", 10, 100);
        lab.addService(SITE_RECORDS, "dc8.corp.example", 0, 100);
    }

    private Domain unlisted() {
        return new Domain(lab, data).set("controllers", "").set("dnsServers", lab.dnsServer());
    }

    private List<ReplicationEndpoint> found(Domain domain) throws ConnectorException {
        domain.open();
        return new ControllerList(AdSettings.of(domain.context().configuration())).inOrder();
    }

    @Test
    void domainWithoutAList_isReadFromTheControllerThatDnsNames() throws Exception {
        try (Domain domain = unlisted()) {
            assertThat(found(domain))
                    .containsExactly(ReplicationEndpoint.of("dc1.corp.example").at(lab.address()));
            Map<String, LiveSource.Seen> seen = domain.source().run(1000);
            assertThat(seen.get(domain.anchor("alice")).fits("Passw0rd-Alice")).isTrue();
            assertThat(domain.context().reports()).isEmpty();
        }
    }

    @Test
    void controllersOfTheSite_comeFirstByPriority_thenThoseOfTheDomain() throws Exception {
        try (Domain domain = unlisted().set("site", "Branch")) {
            assertThat(found(domain))
                    .extracting(ReplicationEndpoint::hostName)
                    .containsExactly("dc8.corp.example", "dc9.corp.example", "dc1.corp.example");
            assertThat(domain.source().run(1000)).containsKey(domain.anchor("alice"));
            assertThat(domain.context().reports())
                    .singleElement()
                    .asString()
                    .contains("failover dc1", "dc8.corp.example", "dc9.corp.example");
        }
    }

    @Test
    void ownSiteOfTheController_isKnownToDns() throws Exception {
        try (Domain domain = unlisted().set("site", "Default-First-Site-Name")) {
            assertThat(found(domain))
                    .extracting(ReplicationEndpoint::hostName)
                    .containsExactly("dc1.corp.example");
        }
    }

    @Test
    void siteWithoutControllers_isServedByThoseOfTheDomain() throws Exception {
        try (Domain domain = unlisted().set("site", "Nowhere")) {
            assertThat(found(domain))
                    .extracting(ReplicationEndpoint::hostName)
                    .containsExactly("dc1.corp.example");
        }
    }

    @Test
    void dnsThatDoesNotKnowTheDomain_isToldWithTheRemedy() {
        try (Domain domain = unlisted().set("domain", "unknown.corp.example")) {
            assertThatThrownBy(() -> found(domain))
                    .isInstanceOfSatisfying(
                            ConnectorException.class,
                            e -> assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE))
                    .hasMessageContaining("_ldap._tcp.dc._msdcs.unknown.corp.example has no SRV")
                    .hasMessageContaining("set 'controllers'");
        }
    }

    @Test
    void noDnsServer_isToldWithTheRemedy() {
        try (Domain domain = unlisted().set("dnsServers", "127.0.0.1:1")) {
            assertThatThrownBy(() -> found(domain))
                    .hasMessageContaining("_ldap._tcp.dc._msdcs.corp.example: ")
                    .hasMessageContaining("set 'controllers' to the preferred domain controllers")
                    .hasMessageContaining("'dnsServers'");
            assertThat(domain.connector().test())
                    .singleElement()
                    .satisfies(f -> assertThat(f.text()).contains("set 'controllers'"));
        }
    }
}
