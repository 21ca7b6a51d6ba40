/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.launcher;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.launch.Framework;

/**
 * The context class loader of the shell. JLine looks for its terminal providers through the context
 * class loader; without this one it finds none inside a framework, falls back to a dumb terminal,
 * and shows passwords while they are typed.
 */
final class TerminalClassLoader extends ClassLoader {
    private static final String JLINE = "org.jline";

    private final Framework framework;

    TerminalClassLoader(ClassLoader parent, Framework framework) {
        super(parent);
        this.framework = framework;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        Bundle jline = name.startsWith(JLINE + ".") ? jline() : null;
        if (jline == null) {
            throw new ClassNotFoundException(name);
        }
        return jline.loadClass(name);
    }

    @Override
    protected URL findResource(String name) {
        Bundle jline = name.contains("jline") ? jline() : null;
        return jline == null ? null : jline.getResource(name);
    }

    @Override
    protected Enumeration<URL> findResources(String name) throws IOException {
        Bundle jline = name.contains("jline") ? jline() : null;
        Enumeration<URL> found = jline == null ? null : jline.getResources(name);
        return found == null ? Collections.emptyEnumeration() : found;
    }

    private Bundle jline() {
        BundleContext context = framework.getBundleContext();
        if (context == null) {
            return null;
        }
        for (Bundle bundle : context.getBundles()) {
            if (JLINE.equals(bundle.getSymbolicName())) {
                return bundle;
            }
        }
        return null;
    }
}
