/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.ad.replication.ReplicationEndpoint;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import javax.naming.NamingException;

/**
 * The domain controllers in order of preference: as configured, or as DNS names them (MS-ADTS
 * 6.3.6, RFC 2782), those of the wanted site first.
 */
final class ControllerList {
    private final AdSettings settings;
    private final DomainNames names;
    private final RandomGenerator lots;

    ControllerList(AdSettings settings) {
        this(settings, new SecureRandom());
    }

    ControllerList(AdSettings settings, RandomGenerator lots) {
        this.settings = settings;
        this.names = new DomainNames(settings.discovery().dnsServers());
        this.lots = lots;
    }

    List<ReplicationEndpoint> inOrder() throws ConnectorException {
        if (!settings.discovery().controllers().isEmpty()) {
            return settings.discovery().controllers().stream().map(this::configured).toList();
        }
        Set<String> hosts = new LinkedHashSet<>();
        List<String> troubles = new ArrayList<>();
        for (String service : services()) {
            try {
                List<ServiceRecord> records = names.services(service);
                if (records.isEmpty()) {
                    troubles.add(service + " has no SRV record");
                }
                hosts.addAll(ServiceRecord.inOrder(records, lots));
            } catch (NamingException e) {
                troubles.add(service + ": " + LdapFailure.rootMessage(e));
            }
        }
        if (hosts.isEmpty()) {
            throw noneFound(troubles);
        }
        return hosts.stream().map(this::found).toList();
    }

    /** What a client asks for in turn (MS-ADTS 6.3.2.3). */
    private List<String> services() {
        String everywhere = "_ldap._tcp.dc._msdcs." + settings.domain();
        return settings.discovery()
                .site()
                .map(
                        site ->
                                List.of(
                                        "_ldap._tcp."
                                                + site
                                                + "._sites.dc._msdcs."
                                                + settings.domain(),
                                        everywhere))
                .orElse(List.of(everywhere));
    }

    private ConnectorException noneFound(List<String> troubles) {
        return new ConnectorException(
                Kind.UNREACHABLE,
                "DNS names no domain controller of "
                        + settings.domain()
                        + " ("
                        + String.join("; ", troubles)
                        + "); set 'controllers' to the preferred domain controllers in"
                        + " etc/io.passbridge.connector.ad-"
                        + settings.instance()
                        + ".cfg, or 'dnsServers' to the domain's DNS servers");
    }

    private ReplicationEndpoint configured(String text) {
        int at = text.indexOf('@');
        return at < 0
                ? endpoint(text, text)
                : endpoint(text.substring(0, at), text.substring(at + 1));
    }

    /** Servers that were asked for the domain know the addresses of its controllers, too. */
    private ReplicationEndpoint found(String host) {
        if (settings.discovery().dnsServers().isEmpty()) {
            return endpoint(host, host);
        }
        try {
            return endpoint(host, names.address(host).orElse(host));
        } catch (NamingException e) {
            return endpoint(host, host);
        }
    }

    private ReplicationEndpoint endpoint(String name, String address) {
        return new ReplicationEndpoint(name, address, settings.mapperPort(), 0);
    }
}
