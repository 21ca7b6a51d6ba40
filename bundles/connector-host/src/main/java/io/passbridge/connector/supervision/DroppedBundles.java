/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision;

import io.passbridge.health.Finding;
import io.passbridge.health.Inspector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Says of each file in the deploy folder whether it runs, and if not, why in words. */
@Component
public final class DroppedBundles implements Inspector {
    private final BundleContext context;
    private final List<Path> folders;

    @Activate
    public DroppedBundles(BundleContext context) {
        this.context = context;
        this.folders = folders(context);
    }

    private static List<Path> folders(BundleContext context) {
        String home = context.getProperty("passbridge.home");
        Path base = Path.of(home == null ? "" : home).toAbsolutePath();
        String configured = context.getProperty("felix.fileinstall.dir");
        return Arrays.stream((configured == null ? "deploy" : configured).split(","))
                .map(String::trim)
                .filter(dir -> !dir.isEmpty())
                .map(dir -> base.resolve(dir).normalize())
                .filter(dir -> !isConfigurationFolder(context, dir))
                .toList();
    }

    private static boolean isConfigurationFolder(BundleContext context, Path folder) {
        String etc = context.getProperty("passbridge.etc");
        return etc != null && folder.equals(Path.of(etc).toAbsolutePath().normalize());
    }

    @Override
    public String subject() {
        return "deploy folder";
    }

    @Override
    public List<Finding> inspect() {
        List<Finding> findings = new ArrayList<>();
        folders.stream().filter(Files::isDirectory).forEach(dir -> look(dir, findings));
        return List.copyOf(findings);
    }

    private void look(Path folder, List<Finding> findings) {
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    // tells what the folder is for, and came with the platform
                    .filter(file -> !file.getFileName().toString().equals("README.txt"))
                    .sorted()
                    .forEach(file -> findings.add(judge(file)));
        } catch (IOException e) {
            findings.add(
                    Finding.error(
                            folder.toString(),
                            "cannot be read: " + e,
                            "let the service account read it"));
        }
    }

    private Finding judge(Path file) {
        String subject = file.getParent().getFileName() + "/" + file.getFileName();
        if (!file.toString().toLowerCase(Locale.ROOT).endsWith(".jar")) {
            return Finding.warning(
                    subject, "is no jar and is ignored", "remove it, or put a bundle's jar there");
        }
        Optional<Finding> unfit = unfit(file, subject);
        if (unfit.isPresent()) {
            return unfit.get();
        }
        Bundle bundle = context.getBundle(location(file));
        if (bundle == null) {
            return Finding.warning(
                    subject,
                    "is not installed",
                    "wait two seconds; if this stays, look for its name in the log");
        }
        return judge(bundle, subject);
    }

    /** As File Install names it: {@code file:/}, where a path alone would say {@code file:///}. */
    private static String location(Path file) {
        return file.toFile().toURI().normalize().toString();
    }

    private static Optional<Finding> unfit(Path file, String subject) {
        try (JarFile jar = new JarFile(file.toFile())) {
            Manifest manifest = jar.getManifest();
            String name =
                    manifest == null
                            ? null
                            : manifest.getMainAttributes().getValue(Constants.BUNDLE_SYMBOLICNAME);
            return name != null
                    ? Optional.empty()
                    : Optional.of(
                            Finding.error(
                                    subject,
                                    "is a jar, but no OSGi bundle: its manifest has no"
                                            + " Bundle-SymbolicName",
                                    "put the bundle there, not a plain library"));
        } catch (IOException e) {
            return Optional.of(
                    Finding.error(
                            subject,
                            "cannot be read as a jar: " + e.getMessage(),
                            "copy it again, under another name first, and rename it when it is"
                                    + " complete"));
        }
    }

    private Finding judge(Bundle bundle, String subject) {
        String name = bundle.getSymbolicName() + " " + bundle.getVersion();
        return switch (bundle.getState()) {
            case Bundle.ACTIVE -> Finding.ok(subject, name + " runs");
            case Bundle.INSTALLED ->
                    Finding.error(
                            subject,
                            name + " cannot be resolved: " + inWords(bundle),
                            "put what is missing into deploy/, or take a version that fits this"
                                    + " platform");
            case Bundle.STARTING ->
                    bundle.getHeaders().get(Constants.BUNDLE_ACTIVATIONPOLICY) == null
                            ? Finding.note(subject, name + " is starting", "wait")
                            : Finding.ok(subject, name + " is started when it is first used");
            default ->
                    Finding.error(
                            subject,
                            name + " is installed, but does not run",
                            "look for its name in the log; a fresh copy of the file tries again");
        };
    }

    private String inWords(Bundle bundle) {
        List<String> missing = new MissingRequirements(context).of(bundle);
        return missing.isEmpty()
                ? "what it needs is there, but does not fit together; the log names the conflict"
                : "it needs " + String.join("; ", missing);
    }
}
