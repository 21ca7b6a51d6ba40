/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.web;

import java.io.IOException;
import java.util.Dictionary;
import java.util.Hashtable;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** What Apache Felix HTTP is told; it listens to nothing before that. */
final class HttpSettings {
    private static final String PID = "org.apache.felix.http";

    /** Jetty takes some for itself; what is left is more than probes and a scraper need. */
    private static final int THREADS = 12;

    private final ConfigurationAdmin configurations;

    HttpSettings(ConfigurationAdmin configurations) {
        this.configurations = configurations;
    }

    void put(Address address) throws IOException {
        Dictionary<String, Object> settings = new Hashtable<>();
        settings.put("org.apache.felix.http.enable", true);
        settings.put("org.apache.felix.https.enable", false);
        settings.put("org.apache.felix.http.host", address.resolved().getHostAddress());
        settings.put("org.osgi.service.http.port", address.port());
        settings.put("org.apache.felix.http.mbeans", false);
        settings.put("org.apache.felix.http.jetty.sendServerHeader", false);
        settings.put("org.apache.felix.http.jetty.threadpool.max", THREADS);
        settings.put("org.apache.felix.http.jetty.acceptors", 1);
        settings.put("org.apache.felix.http.jetty.selectors", 1);
        settings.put("org.apache.felix.http.jetty.maxFormSize", 65_536);
        configuration().update(settings);
    }

    void remove() throws IOException {
        configuration().delete();
    }

    private Configuration configuration() throws IOException {
        return configurations.getConfiguration(PID, "?");
    }
}
