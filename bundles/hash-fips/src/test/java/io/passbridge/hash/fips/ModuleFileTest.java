/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.fips;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import org.junit.jupiter.api.Test;

class ModuleFileTest {
    /** Addresses of Felix, which a plain Java does not know. */
    private static URL address(String text) throws IOException {
        String protocol = text.substring(0, text.indexOf(':'));
        URLStreamHandler handler =
                new URLStreamHandler() {
                    @Override
                    protected URLConnection openConnection(URL url) {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    protected void parseURL(URL url, String spec, int start, int limit) {
                        setURL(url, protocol, "", -1, "", "", spec.substring(start), null, null);
                    }
                };
        return new URL(null, text, handler);
    }

    @Test
    void addressThatKarafsSettingMakes_namesTheSetting() throws IOException {
        assertThat(ModuleFile.besides(address("jar:bundle://5f_84.0:0/!/")))
                .contains("felix.bundlecodesource.usecachedurls = false")
                .contains("etc/custom.properties");
    }

    @Test
    void otherAddresses_nameNoSetting() throws IOException {
        assertThat(ModuleFile.besides(null)).isEmpty();
        assertThat(ModuleFile.besides(address("mvn:org.bouncycastle/bc-fips/2.1.2"))).isEmpty();
        assertThat(ModuleFile.besides(address("file:/opt/bc-fips.jar"))).isEmpty();
    }
}
