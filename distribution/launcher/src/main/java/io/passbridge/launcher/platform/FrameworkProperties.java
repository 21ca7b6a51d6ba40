/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.launcher.platform;

import java.util.HashMap;
import java.util.Map;
import org.osgi.framework.Constants;

/** What the framework and the bundles read when they start. */
record FrameworkProperties(Home home) {
    private static final String CONNECTORS_LEVEL = "40";

    Map<String, String> toMap(int level) {
        Map<String, String> properties = new HashMap<>();
        properties.put("passbridge.home", home.root().toString());
        properties.put("passbridge.etc", home.etc().toString());
        properties.put("passbridge.data", home.data().toString());
        properties.put("passbridge.version", home.version());

        properties.put(Constants.FRAMEWORK_STORAGE, home.data().resolve("cache").toString());
        properties.put(
                Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);

        properties.put("passbridge.level", Integer.toString(level));
        boolean offline = level < Platform.READY;
        properties.put("passbridge.offline", Boolean.toString(offline));
        properties.put(
                "felix.fileinstall.dir",
                offline ? home.etc().toString() : home.etc() + "," + home.deploy());
        if (!offline) {
            properties.put("passbridge.deploy", home.deploy().toString());
        }
        // a folder would be packed and installed without having been looked at
        properties.put("felix.fileinstall.subdir.mode", "skip");
        properties.put("felix.fileinstall.filter", ".*\\.(cfg|jar)");
        properties.put("felix.fileinstall.poll", "1000");
        properties.put("felix.fileinstall.noInitialDelay", "true");
        properties.put("felix.fileinstall.start.level", CONNECTORS_LEVEL);
        properties.put("felix.fileinstall.active.level", "0");
        properties.put("felix.fileinstall.enableConfigSave", "false");
        properties.put("felix.fileinstall.tmpdir", home.data().resolve("tmp").toString());
        properties.put("felix.fileinstall.log.level", "2");

        // a missing or broken file stops nothing: the log then has its defaults
        properties.put(
                "org.ops4j.pax.logging.StaticLogbackFile",
                home.configured("logback.xml").toString());
        properties.put("org.ops4j.pax.logging.DefaultServiceLog.level", "WARN");

        // the web server listens to nothing but what it is told (bundle io.passbridge.web)
        properties.put("org.apache.felix.http.require.config", "true");

        // 2 is WARN
        properties.put("ds.loglevel", "2");
        return properties;
    }
}
