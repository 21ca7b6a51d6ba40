/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.web;

import io.passbridge.health.Finding;
import io.passbridge.health.Inspector;
import io.passbridge.web.Address.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the web server in the framework as long as {@code etc/io.passbridge.web.cfg} is there, and
 * nothing of it otherwise.
 */
@Component(
        configurationPid = WebServer.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        service = Inspector.class,
        immediate = true)
@Designate(ocd = WebConfiguration.class)
public final class WebServer implements Inspector {
    static final String PID = "io.passbridge.web";

    private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
    private static final String SUBJECT = "web server";

    /** Above the level up to which the launcher starts what it finds. */
    private static final String FOLDER = "bundles/70";

    private final Path folder;
    private final HttpSettings settings;
    private final WebBundles bundles;
    private volatile Address address;
    private volatile Optional<Refusal> refusal = Optional.empty();

    @Activate
    public WebServer(
            BundleContext context,
            @Reference ConfigurationAdmin configurations,
            WebConfiguration configuration) {
        String home = context.getProperty("passbridge.home");
        this.folder = Path.of(home == null ? "." : home, FOLDER).toAbsolutePath();
        this.settings = new HttpSettings(configurations);
        this.bundles = new WebBundles(context);
        change(configuration);
    }

    /** The server moves by itself; its bundles stay. */
    @Modified
    void change(WebConfiguration configuration) {
        Address before = address;
        address = new Address(configuration.host().strip(), configuration.port());
        if (refusal.isEmpty() && address.equals(before)) {
            return;
        }
        if (before != null && before.port() == address.port()) {
            // its port is not to be found taken by itself
            close();
        }
        refusal = address.refusal().or(this::open);
        refusal.ifPresent(why -> close());
        refusal.ifPresentOrElse(
                why -> LOG.error("{}.cfg: {}; {}", PID, why.text(), why.remedy()),
                () -> LOG.info("The web server listens at {}", address));
    }

    private Optional<Refusal> open() {
        if (!Files.isDirectory(folder)) {
            return Optional.of(
                    new Refusal(
                            "the web server's bundles are not here: " + folder + " is no folder",
                            "use the distribution, or the web server of this container"));
        }
        try {
            settings.put(address);
            bundles.bring(folder);
            return Optional.empty();
        } catch (IOException | BundleException | RuntimeException e) {
            LOG.warn("the web server does not start", e);
            return Optional.of(
                    new Refusal(
                            "the web server does not start: " + e.getMessage(),
                            "the log has the details; unpack the distribution again if a file"
                                    + " of "
                                    + folder
                                    + " is missing"));
        }
    }

    @Override
    public String subject() {
        return SUBJECT;
    }

    @Override
    public List<Finding> inspect() {
        if (refusal.isPresent()) {
            return List.of(
                    Finding.error(
                            SUBJECT,
                            "does not run: %s.cfg: %s".formatted(PID, refusal.get().text()),
                            refusal.get().remedy()));
        }
        return List.of(
                address.answers()
                        ? Finding.ok(SUBJECT, "listens at " + address)
                        : Finding.error(
                                SUBJECT,
                                "nobody answers at " + address,
                                "the log says why; saving etc/%s.cfg again starts it anew"
                                        .formatted(PID)));
    }

    @Deactivate
    void close() {
        bundles.remove();
        try {
            settings.remove();
        } catch (IOException | IllegalStateException e) {
            LOG.warn("the settings of the web server stay behind: {}", e.toString());
        }
    }
}
