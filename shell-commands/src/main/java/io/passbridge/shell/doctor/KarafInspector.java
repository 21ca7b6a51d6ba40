/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.doctor;

import io.passbridge.health.FileTrouble;
import io.passbridge.health.Finding;
import io.passbridge.health.Inspector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * What Apache Karaf lets in beside Passbridge's own ways: its SSH console, who may run commands
 * there, and the history of what was typed. Elsewhere there is nothing to say.
 */
@Component
public final class KarafInspector implements Inspector {
    private static final String SHELL = "org.apache.karaf.shell.cfg";
    private static final String USERS = "users.properties";
    private static final String ROLES = "karaf.secured.command.compulsory.roles";
    private static final String ACL = "org.apache.karaf.command.acl.keys.cfg";
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1", "[::1]");

    private final UnaryOperator<String> properties;

    @Activate
    public KarafInspector(BundleContext context) {
        this(context::getProperty);
    }

    /**
     * @param properties of the framework
     */
    KarafInspector(UnaryOperator<String> properties) {
        this.properties = properties;
    }

    @Override
    public String subject() {
        return "Karaf";
    }

    @Override
    public List<Finding> inspect() {
        String etc = properties.apply("karaf.etc");
        return etc == null ? List.of() : inspect(Path.of(etc));
    }

    private List<Finding> inspect(Path etc) {
        List<Finding> findings = new ArrayList<>();
        try {
            ssh(read(etc.resolve(SHELL))).ifPresent(findings::add);
            user(read(etc.resolve(USERS))).ifPresent(findings::add);
        } catch (IOException e) {
            findings.add(
                    Finding.warning(
                            subject(),
                            "its configuration cannot be read: " + FileTrouble.reason(e),
                            "let the service account read " + etc));
        }
        roles(etc).ifPresent(findings::add);
        history().ifPresent(findings::add);
        if (findings.isEmpty()) {
            findings.add(Finding.ok(subject(), "its console is closed to others"));
        }
        return findings;
    }

    private static Properties read(Path file) throws IOException {
        Properties read = new Properties();
        if (Files.exists(file)) {
            try (var text = Files.newBufferedReader(file)) {
                read.load(text);
            }
        }
        return read;
    }

    private Optional<Finding> ssh(Properties shell) {
        String host = shell.getProperty("sshHost", "0.0.0.0").strip();
        String port = shell.getProperty("sshPort", "8101").strip();
        return port.equals("0") || LOOPBACK.contains(host)
                ? Optional.empty()
                : Optional.of(
                        Finding.warning(
                                subject(),
                                "its SSH console may be reached from other computers ("
                                        + host
                                        + ":"
                                        + port
                                        + "); whoever signs in there runs Passbridge's commands",
                                "set sshHost = 127.0.0.1 in etc/" + SHELL + ", or sshPort = 0"));
    }

    private Optional<Finding> user(Properties users) {
        String password = users.getProperty("karaf", "").split(",")[0].strip();
        return password.equals("karaf")
                ? Optional.of(
                        Finding.error(
                                subject(),
                                "its user 'karaf' has the password that everybody knows",
                                "change it in etc/" + USERS))
                : Optional.empty();
    }

    private Optional<Finding> roles(Path etc) {
        String roles = properties.apply(ROLES);
        boolean restricted = roles != null && !roles.isBlank() || Files.exists(etc.resolve(ACL));
        return restricted
                ? Optional.empty()
                : Optional.of(
                        Finding.warning(
                                subject(),
                                "every user of its console may run every command of Passbridge",
                                "set "
                                        + ROLES
                                        + " = admin in etc/system.properties, or write access lists"
                                        + " as etc/"
                                        + ACL));
    }

    /** No command takes a secret, but names of accounts and people are typed. */
    private Optional<Finding> history() {
        String home = System.getProperty("user.home", "");
        String file = properties.apply("karaf.history");
        Path history = file == null ? Path.of(home, ".karaf", "karaf.history") : Path.of(file);
        try {
            boolean open =
                    Files.exists(history)
                            && Files.getPosixFilePermissions(history)
                                    .contains(PosixFilePermission.OTHERS_READ);
            return open
                    ? Optional.of(
                            Finding.warning(
                                    subject(),
                                    "what is typed in its console may be read by others in "
                                            + history,
                                    "chmod 600 it, or set karaf.shell.history.maxSize = 0 in"
                                            + " etc/system.properties"))
                    : Optional.empty();
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }
}
