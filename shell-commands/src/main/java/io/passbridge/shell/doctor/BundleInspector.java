/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.doctor;

import io.passbridge.health.Finding;
import io.passbridge.health.Inspector;
import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Bundles that are there but do not run. */
@Component
public final class BundleInspector implements Inspector {
    private final BundleContext context;

    @Activate
    public BundleInspector(BundleContext context) {
        this.context = context;
    }

    @Override
    public String subject() {
        return "bundles";
    }

    @Override
    public List<Finding> inspect() {
        List<Finding> findings = new ArrayList<>();
        for (Bundle bundle : context.getBundles()) {
            String name = "bundle " + bundle.getSymbolicName() + " " + bundle.getVersion();
            boolean fragment = bundle.getHeaders().get(Constants.FRAGMENT_HOST) != null;
            if (bundle.getState() == Bundle.INSTALLED) {
                findings.add(
                        Finding.error(
                                name,
                                "cannot be resolved: a package or capability that it needs is"
                                        + " missing",
                                "run felix:resolve "
                                        + bundle.getBundleId()
                                        + " to see which, and put the bundle that has it into"
                                        + " deploy/"));
            } else if (bundle.getState() == Bundle.RESOLVED && !fragment) {
                findings.add(
                        Finding.warning(
                                name,
                                "is stopped",
                                "start it: felix:start " + bundle.getBundleId()));
            }
        }
        if (findings.isEmpty()) {
            findings.add(
                    Finding.ok(
                            "bundles",
                            "all "
                                    + Finding.count(
                                            context.getBundles().length,
                                            "bundle runs",
                                            "bundles run")));
        }
        return findings;
    }
}
