/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.connid;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/**
 * Removes the database drivers of the class loader that has defined it: {@link DriverManager} looks
 * at who calls. Defined once in each loader of a ConnId bundle.
 */
public final class DriverSweep implements Runnable {
    @Override
    public void run() {
        List<Driver> own =
                DriverManager.drivers()
                        .filter(d -> d.getClass().getClassLoader() == getClass().getClassLoader())
                        .toList();
        for (Driver driver : own) {
            try {
                DriverManager.deregisterDriver(driver);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
