/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.doctor;

import io.passbridge.health.Finding;
import io.passbridge.health.Inspector;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/** Components that do not run, traced to what is missing at the root. */
@Component
public final class ComponentInspector implements Inspector {
    private final ServiceComponentRuntime runtime;
    private final BundleContext context;

    @Activate
    public ComponentInspector(BundleContext context, @Reference ServiceComponentRuntime runtime) {
        this.context = context;
        this.runtime = runtime;
    }

    @Override
    public String subject() {
        return "components";
    }

    @Override
    public List<Finding> inspect() {
        return new MissingServices(
                        runtime.getComponentDescriptionDTOs(),
                        runtime::getComponentConfigurationDTOs,
                        id ->
                                context.getBundle(id) == null
                                        ? "bundle " + id
                                        : context.getBundle(id).getSymbolicName())
                .findings();
    }
}
