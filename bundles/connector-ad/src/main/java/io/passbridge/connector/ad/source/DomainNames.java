/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;

/** Asks DNS servers: those given, or those of the operating system. */
final class DomainNames {
    /** The first wait for an answer in milliseconds; doubled with each try. */
    private static final String WAIT_MILLIS = "1000";

    private static final String TRIES = "3";

    private final List<String> servers;

    /**
     * @param servers each HOST or HOST:PORT; those of the operating system if there is none
     */
    DomainNames(List<String> servers) {
        this.servers = servers;
    }

    /** The records of a service; none if DNS says that there is no such name. */
    List<ServiceRecord> services(String name) throws NamingException {
        return ask(name, "SRV").stream()
                .map(ServiceRecord::parse)
                .flatMap(Optional::stream)
                .toList();
    }

    /** An address of a host, as text. */
    Optional<String> address(String host) throws NamingException {
        List<String> four = ask(host, "A");
        return (four.isEmpty() ? ask(host, "AAAA") : four).stream().findFirst();
    }

    private List<String> ask(String name, String type) throws NamingException {
        Hashtable<String, String> environment = new Hashtable<>();
        environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
        environment.put(
                Context.PROVIDER_URL,
                servers.isEmpty()
                        ? "dns:"
                        : servers.stream().map(s -> "dns://" + s).collect(Collectors.joining(" ")));
        environment.put("com.sun.jndi.dns.timeout.initial", WAIT_MILLIS);
        environment.put("com.sun.jndi.dns.timeout.retries", TRIES);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // the context factory belongs to the JDK and is looked up through this loader
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        try {
            InitialDirContext dns = new InitialDirContext(environment);
            try {
                return values(dns.getAttributes(name, new String[] {type}).get(type));
            } finally {
                dns.close();
            }
        } catch (NameNotFoundException e) {
            return List.of();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static List<String> values(Attribute records) throws NamingException {
        List<String> values = new ArrayList<>();
        if (records != null) {
            NamingEnumeration<?> all = records.getAll();
            while (all.hasMore()) {
                values.add(all.next().toString());
            }
        }
        return values;
    }
}
