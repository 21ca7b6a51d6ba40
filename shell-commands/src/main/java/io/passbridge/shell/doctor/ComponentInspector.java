/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.doctor;

import io.passbridge.health.Finding;
import io.passbridge.health.Inspector;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
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
                        this::name)
                .findings();
    }

    /** The name of a bundle without the product's, which all of ours have. */
    private String name(long id) {
        Bundle bundle = context.getBundle(id);
        if (bundle == null) {
            return "bundle " + id;
        }
        String name = bundle.getHeaders("").get(Constants.BUNDLE_NAME);
        return name == null ? bundle.getSymbolicName() : name.replaceFirst("^Passbridge :: ", "");
    }
}
