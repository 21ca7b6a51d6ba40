/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hardening;

import io.passbridge.health.Finding;
import io.passbridge.health.Finding.Severity;
import io.passbridge.health.Inspector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hardens the process when it starts, before the key set is opened, and tells {@code doctor} what
 * was done and what remains open.
 */
@Component(
        service = Inspector.class,
        immediate = true,
        configurationPid = HardeningConfiguration.PID)
@Designate(ocd = HardeningConfiguration.class)
public final class Hardening implements Inspector {
    private static final Logger LOG = LoggerFactory.getLogger(Hardening.class);

    private final BundleContext context;
    private final List<Finding> done;
    private final boolean locked;

    @Activate
    public Hardening(BundleContext context, HardeningConfiguration configuration) {
        this.context = context;
        List<Finding> measures = new ArrayList<>();
        measures.add(ProcessMemory.close(configuration.closeMemory()));
        boolean holds = false;
        if (configuration.lockMemory()) {
            Finding lock = ProcessMemory.lock();
            holds = lock.severity() == Severity.OK;
            measures.add(lock);
        }
        measures.add(HeapDumps.off());
        measures.add(HeapDumps.onRequest());
        this.done = List.copyOf(measures);
        this.locked = holds;
        for (Finding finding : inspect()) {
            if (finding.severity().compareTo(Severity.WARNING) >= 0) {
                LOG.warn("{}: {}. {}", finding.subject(), finding.text(), finding.remedy());
            }
        }
    }

    @Override
    public String subject() {
        return "process";
    }

    @Override
    public List<Finding> inspect() {
        List<Finding> findings = new ArrayList<>(done);
        findings.add(new Swap(Path.of("/")).inspect(locked));
        Path home = folder("passbridge.home", ".");
        findings.add(FileModes.secret("data files", folder("passbridge.data", "data")));
        findings.add(FileModes.trusted("settings", folder("passbridge.etc", "etc")));
        for (String code : List.of("bin", "bundles", "deploy", "lib")) {
            if (home.resolve(code).toFile().isDirectory()) {
                findings.add(FileModes.trusted(code + " files", home.resolve(code)));
            }
        }
        return findings;
    }

    private Path folder(String property, String otherwise) {
        String value = context.getProperty(property);
        return Path.of(value == null ? otherwise : value).toAbsolutePath().normalize();
    }
}
