/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.monitoring.health;

import io.passbridge.monitoring.Examination;
import io.passbridge.monitoring.web.Door;
import io.passbridge.monitoring.web.Page;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** {@code /health/live} and {@code /health/ready}: 200 if all is well, 503 if not. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern({HealthServlet.LIVE, HealthServlet.READY})
public final class HealthServlet extends HttpServlet {
    static final String LIVE = "/health/live";
    static final String READY = "/health/ready";

    private static final long serialVersionUID = 1L;

    private final transient Liveness liveness;
    private final transient Examination examination;

    @Activate
    public HealthServlet(
            @Reference Door door,
            @Reference Liveness liveness,
            @Reference Examination examination) {
        this.liveness = liveness;
        this.examination = examination;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        HealthPage page =
                request.getServletPath().equals(LIVE)
                        ? HealthPage.live(liveness.stalled())
                        : HealthPage.ready(examination.report());
        if (!page.good()) {
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        }
        Page.send(response, "application/json", page.json().getBytes(StandardCharsets.UTF_8));
    }
}
