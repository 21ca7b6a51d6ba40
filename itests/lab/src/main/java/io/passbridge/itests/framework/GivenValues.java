/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.framework;

import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.util.Map;

/** A configuration with some values of its own, and else its defaults. */
public final class GivenValues {
    private GivenValues() {}

    public static <A extends Annotation> A of(Class<A> configuration, Map<String, ?> values) {
        return configuration.cast(
                Proxy.newProxyInstance(
                        configuration.getClassLoader(),
                        new Class<?>[] {configuration},
                        (proxy, method, arguments) ->
                                values.containsKey(method.getName())
                                        ? values.get(method.getName())
                                        : method.getDefaultValue()));
    }
}
