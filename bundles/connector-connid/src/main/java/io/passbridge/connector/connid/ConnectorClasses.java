/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.connid;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;

/** The classes of one ConnId bundle. Closing it lets go of them. */
final class ConnectorClasses extends URLClassLoader {
    ConnectorClasses(URL[] jars, ClassLoader parent) {
        super(jars, parent);
    }

    @Override
    public void close() throws IOException {
        sweepDrivers();
        super.close();
    }

    /** Drivers are known to the whole virtual machine, and removed by classes of their own only. */
    private void sweepDrivers() throws IOException {
        String name = DriverSweep.class.getName();
        try (InputStream in =
                DriverSweep.class.getResourceAsStream(
                        DriverSweep.class.getSimpleName() + ".class")) {
            byte[] code = in.readAllBytes();
            Class<?> sweep = defineClass(name, code, 0, code.length);
            ((Runnable) sweep.getDeclaredConstructor().newInstance()).run();
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new IOException("the drivers of a ConnId bundle stay: " + e, e);
        }
    }
}
