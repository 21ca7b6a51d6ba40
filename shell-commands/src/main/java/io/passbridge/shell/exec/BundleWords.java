/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.exec;

import java.util.Arrays;
import java.util.regex.Pattern;
import org.apache.felix.service.command.Converter;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Lets {@code felix:stop 29} mean a bundle, by number or symbolic name. Felix's commands leave that
 * to a shell bundle of Gogo's own that is not there.
 */
@Component(property = Converter.CONVERTER_CLASSES + "=org.osgi.framework.Bundle")
public final class BundleWords implements Converter {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    private final BundleContext context;

    @Activate
    public BundleWords(BundleContext context) {
        this.context = context;
    }

    @Override
    public Object convert(Class<?> type, Object word) {
        if (type != Bundle.class) {
            return null;
        }
        String name = word.toString();
        if (NUMBER.matcher(name).matches()) {
            return context.getBundle(Long.parseLong(name));
        }
        return Arrays.stream(context.getBundles())
                .filter(bundle -> name.equals(bundle.getSymbolicName()))
                .findFirst()
                .orElse(null);
    }

    @Override
    public CharSequence format(Object value, int level, Converter others) {
        return null;
    }
}
