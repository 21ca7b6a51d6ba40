/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.configuration.file;

import io.passbridge.configuration.ConfigurationEditor;
import io.passbridge.health.Finding;
import io.passbridge.health.Inspector;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the files of {@code etc/} into force. Takes the place of File Install's own reading, which
 * replaces what is not in its encoding without a word; its rank puts it in front.
 */
@Component(
        immediate = true,
        service = {ArtifactInstaller.class, ConfigurationEditor.class, Inspector.class},
        property = "service.ranking:Integer=100")
public final class ConfigurationFiles implements ArtifactInstaller, ConfigurationEditor, Inspector {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationFiles.class);

    /** The property by which File Install and its users know the file of a configuration. */
    private static final String FILE = "felix.fileinstall.filename";

    private final Path etc;
    private final ConfigurationAdmin admin;
    private final Map<String, String> refused = new ConcurrentSkipListMap<>();

    @Activate
    public ConfigurationFiles(BundleContext context, @Reference ConfigurationAdmin admin) {
        this(Path.of(context.getProperty("passbridge.etc")), admin);
    }

    ConfigurationFiles(Path etc, ConfigurationAdmin admin) {
        this.etc = etc;
        this.admin = admin;
    }

    @Override
    public boolean canHandle(File file) {
        return file.getName().endsWith(ConfigurationName.SUFFIX);
    }

    @Override
    public void install(File file) throws IOException {
        apply(file.toPath());
    }

    @Override
    public void update(File file) throws IOException {
        apply(file.toPath());
    }

    /** A refused file leaves in force what it said before. */
    private synchronized void apply(Path file) throws IOException {
        String name = file.getFileName().toString();
        ConfigurationText text;
        try {
            text = ConfigurationText.of(Files.readAllBytes(file));
        } catch (IOException e) {
            refused.put(name, e.getMessage());
            LOG.error("{} is refused: {}", file, e.getMessage());
            return;
        }
        refused.remove(name);
        Hashtable<String, Object> properties = new Hashtable<>(text.values());
        properties.put(FILE, file.toAbsolutePath().toUri().toString());
        ConfigurationName.of(name).in(admin).updateIfDifferent(properties);
    }

    @Override
    public synchronized void uninstall(File file) throws IOException {
        refused.remove(file.getName());
        ConfigurationName.of(file.getName()).in(admin).delete();
    }

    @Override
    public synchronized void set(String file, String parameter, String value) throws IOException {
        Path path = etc.resolve(file);
        ConfigurationText text;
        try {
            text = ConfigurationText.of(Files.readAllBytes(path));
        } catch (NoSuchFileException e) {
            throw new IOException(path + " is not there", e);
        }
        new FileSwap(path).write(text.with(parameter, value).bytes());
        apply(path);
    }

    @Override
    public String subject() {
        return "configuration";
    }

    @Override
    public List<Finding> inspect() {
        return refused.entrySet().stream()
                .map(
                        entry ->
                                Finding.error(
                                        "etc/" + entry.getKey(),
                                        "is refused: " + entry.getValue(),
                                        "correct the file; it is read again at once"))
                .toList();
    }
}
