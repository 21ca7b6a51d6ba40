/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap;

import io.passbridge.connector.Connector;
import io.passbridge.connector.PasswordSource;
import io.passbridge.connector.tck.SourceReader.Seen;
import io.passbridge.itests.lab.OpenLdapLab;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A branch of its own for each test. */
abstract class OpenLdapLive {
    @RegisterExtension static final Started<OpenLdapLab> LAB = Started.by(OpenLdapLab::start);

    @TempDir Path folder;
    LiveDirectory ldap;

    @BeforeEach
    void branch() throws Exception {
        ldap = new LiveDirectory(LAB.get(), folder);
    }

    @AfterEach
    void close() throws Exception {
        ldap.close();
    }

    static PasswordSource source(Connector connector) {
        return connector.capability(PasswordSource.class).orElseThrow();
    }

    static Set<String> anchors(List<Seen> seen) {
        Set<String> anchors = new HashSet<>();
        seen.forEach(one -> anchors.add(one.anchor().value()));
        return anchors;
    }
}
