/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.ad.replication.ReplicationEndpoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.naming.Context;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;

/**
 * The domain controllers in order of preference: as configured, or as DNS names them (MS-ADTS
 * 6.3.6, RFC 2782), those of the wanted site first.
 */
final class ControllerList {
    private final AdSettings settings;

    ControllerList(AdSettings settings) {
        this.settings = settings;
    }

    List<ReplicationEndpoint> inOrder() throws ConnectorException {
        if (!settings.controllers().isEmpty()) {
            return settings.controllers().stream().map(this::configured).toList();
        }
        Map<String, ReplicationEndpoint> found = new LinkedHashMap<>();
        if (settings.site().isPresent()) {
            lookUp("_ldap._tcp." + settings.site().get() + "._sites.dc._msdcs." + settings.domain())
                    .forEach(name -> found.put(name, endpoint(name, name)));
        }
        lookUp("_ldap._tcp.dc._msdcs." + settings.domain())
                .forEach(name -> found.putIfAbsent(name, endpoint(name, name)));
        if (found.isEmpty()) {
            throw new ConnectorException(
                    Kind.UNREACHABLE,
                    "DNS names no domain controller of "
                            + settings.domain()
                            + "; set 'controllers' in the configuration of "
                            + settings.instance()
                            + ", or let the platform use the domain's DNS servers");
        }
        return List.copyOf(found.values());
    }

    private ReplicationEndpoint configured(String text) {
        int at = text.indexOf('@');
        return at < 0
                ? endpoint(text, text)
                : endpoint(text.substring(0, at), text.substring(at + 1));
    }

    private ReplicationEndpoint endpoint(String name, String address) {
        return new ReplicationEndpoint(name, address, settings.mapperPort(), 0);
    }

    private List<String> lookUp(String service) {
        Hashtable<String, String> environment = new Hashtable<>();
        environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
        environment.put(Context.PROVIDER_URL, "dns:");
        try {
            InitialDirContext dns = new InitialDirContext(environment);
            try {
                Attribute records = dns.getAttributes(service, new String[] {"SRV"}).get("SRV");
                return records == null ? List.of() : hosts(records);
            } finally {
                dns.close();
            }
        } catch (NamingException e) {
            return List.of();
        }
    }

    /**
     * SRV data is 'priority weight port target'; the lowest priority comes first, then the highest
     * weight.
     */
    private static List<String> hosts(Attribute records) throws NamingException {
        record Server(int priority, int weight, String host) {}
        List<Server> servers = new ArrayList<>();
        NamingEnumeration<?> all = records.getAll();
        while (all.hasMore()) {
            String[] parts = all.next().toString().split(" ");
            if (parts.length == 4) {
                servers.add(
                        new Server(
                                Integer.parseInt(parts[0]),
                                Integer.parseInt(parts[1]),
                                parts[3].replaceAll("\\.$", "")));
            }
        }
        servers.sort(
                Comparator.comparingInt(Server::priority)
                        .thenComparing(Comparator.comparingInt(Server::weight).reversed()));
        return servers.stream().map(Server::host).toList();
    }
}
