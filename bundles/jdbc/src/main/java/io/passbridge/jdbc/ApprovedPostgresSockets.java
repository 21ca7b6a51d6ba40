/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.jdbc;

import io.passbridge.tls.ApprovedCertificate;
import io.passbridge.tls.ApprovedSockets;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.util.Properties;
import org.postgresql.PGProperty;
import org.postgresql.jdbc.SslMode;
import org.postgresql.ssl.LibPQFactory;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/**
 * The PostgreSQL driver's own sockets, with its parameters of the url, that negotiate approved
 * algorithms only. The driver makes an instance by name for each connection.
 */
public final class ApprovedPostgresSockets extends LibPQFactory {
    public ApprovedPostgresSockets(Properties parameters) throws PSQLException {
        super(parameters);
        if (SslMode.of(parameters).verifyCertificate()) {
            checkAuthorities(Path.of(authorities(parameters)));
        }
        factory = new ApprovedSockets(factory);
    }

    /** Where the driver looks for them. */
    private static String authorities(Properties parameters) {
        String given = PGProperty.SSL_ROOT_CERT.getOrDefault(parameters);
        if (given != null) {
            return given;
        }
        String windows = System.getenv("APPDATA");
        return File.separatorChar == '\\' && windows != null
                ? windows + "/postgresql/root.crt"
                : System.getProperty("user.home") + "/.postgresql/root.crt";
    }

    /** The driver believes them as they are, whoever has signed the server's certificate. */
    private static void checkAuthorities(Path file) throws PSQLException {
        try {
            ApprovedCertificate.checkAll(file);
        } catch (CertificateException | IOException e) {
            throw new PSQLException(e.getMessage(), PSQLState.CONNECTION_FAILURE, e);
        }
    }
}
