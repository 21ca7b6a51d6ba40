/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import io.passbridge.itests.lab.SambaLab;
import java.io.IOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts one domain controller for all live tests of a run, and removes it at the end. */
final class SharedLab implements ParameterResolver {
    private static final String ADDRESS = "127.0.0.41";

    private record Running(SambaLab lab) implements AutoCloseable {
        static Running start() {
            try {
                return new Running(SambaLab.firstWithDns(ADDRESS));
            } catch (Exception e) {
                throw new ParameterResolutionException("the lab did not start", e);
            }
        }

        @Override
        public void close() throws IOException, InterruptedException {
            lab.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == SambaLab.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(SharedLab.class))
                .getOrComputeIfAbsent("lab", key -> Running.start(), Running.class)
                .lab();
    }
}
