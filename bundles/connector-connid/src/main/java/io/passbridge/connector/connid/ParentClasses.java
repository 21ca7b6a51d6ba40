/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.connid;

import java.util.function.Function;

/**
 * What a ConnId connector sees beside its own classes: ConnId's framework, which this bundle
 * carries, Java itself, and the database drivers of the platform.
 */
final class ParentClasses extends ClassLoader {
    private static final String FRAMEWORK = "org.identityconnectors.";

    private final ClassLoader bridge = ParentClasses.class.getClassLoader();
    private final Function<String, Class<?>> drivers;

    /**
     * @param drivers gives a class of a database driver by its name, or null
     */
    ParentClasses(Function<String, Class<?>> drivers) {
        super(ClassLoader.getPlatformClassLoader());
        this.drivers = drivers;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (name.startsWith(FRAMEWORK)) {
            return bridge.loadClass(name);
        }
        Class<?> driver = drivers.apply(name);
        if (driver == null) {
            throw new ClassNotFoundException(name);
        }
        return driver;
    }
}
