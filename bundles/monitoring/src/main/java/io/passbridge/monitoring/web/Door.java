/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.monitoring.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.servlet.whiteboard.Preprocessor;

/**
 * Lets in who asks for this machine by a name that is its own. A page of somebody else's that has
 * its name resolve to 127.0.0.1 makes a browser ask for that name, and is not let in. Before every
 * page, whichever bundle it comes from; ours are not there before it is.
 */
@Component(
        service = {Preprocessor.class, Door.class},
        configurationPid = "io.passbridge.web",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class Door implements Preprocessor {
    private static final Set<String> OWN = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Set<String> names = new TreeSet<>(OWN);

    /** The part of the web server's configuration that is of interest here. */
    @interface Names {
        /** Further names, separated by commas. */
        String names() default "";

        /** The address that is listened at. */
        String host() default "127.0.0.1";
    }

    @Activate
    public Door(Names configuration) {
        for (String name : (configuration.names() + "," + configuration.host()).split(",")) {
            if (!name.isBlank()) {
                names.add(name.strip().toLowerCase(Locale.ROOT));
            }
        }
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String asked = ((HttpServletRequest) request).getHeader("Host");
        if (isOwn(asked)) {
            chain.doFilter(request, response);
        } else {
            HttpServletResponse refusal = (HttpServletResponse) response;
            refusal.setStatus(HttpServletResponse.SC_MISDIRECTED_REQUEST);
            Page.send(
                    refusal,
                    "text/plain;charset=utf-8",
                    "This is not a name of this server; 'names' in etc/io.passbridge.web.cfg adds some.\n"
                            .getBytes(StandardCharsets.UTF_8));
        }
    }

    boolean isOwn(String host) {
        return host != null
                && names.contains(host.replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT));
    }
}
