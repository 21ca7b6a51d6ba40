/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.framework;

import java.lang.reflect.Proxy;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** The framework around a component that registers one service by itself. Thread-safe. */
public final class OneService {
    private final Supplier<String> property;
    private volatile Object service;

    /**
     * @param property what every property of the framework is
     */
    public OneService(Supplier<String> property) {
        this.property = property;
    }

    /** What is registered now, or null. */
    public Object get() {
        return service;
    }

    /** For the component. */
    public BundleContext context() {
        return (BundleContext)
                Proxy.newProxyInstance(
                        BundleContext.class.getClassLoader(),
                        new Class<?>[] {BundleContext.class},
                        (proxy, method, arguments) -> {
                            if (method.getName().equals("getProperty")) {
                                return property.get();
                            }
                            service = arguments[1];
                            return registration();
                        });
    }

    private Object registration() {
        return Proxy.newProxyInstance(
                ServiceRegistration.class.getClassLoader(),
                new Class<?>[] {ServiceRegistration.class},
                (proxy, method, arguments) -> {
                    service = null;
                    return null;
                });
    }
}
