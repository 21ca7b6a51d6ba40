/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.monitoring.metrics;

import io.passbridge.monitoring.web.Door;
import io.passbridge.monitoring.web.Page;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** {@code /metrics}: OpenMetrics for who accepts it, the text format of Prometheus for others. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/metrics")
public final class MetricsServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient Scrape scrape;
    private final transient ExpositionFormats formats = ExpositionFormats.init();

    @Activate
    public MetricsServlet(@Reference Door door, @Reference Scrape scrape) {
        this.scrape = scrape;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        ExpositionFormatWriter format = format(request.getHeader("Accept"));
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        format.write(text, scrape.all(), EscapingScheme.UNDERSCORE_ESCAPING);
        Page.send(response, format.getContentType(), text.toByteArray());
    }

    /** Not the binary format, which newer servers like best: its writer is not here. */
    private ExpositionFormatWriter format(String accept) {
        ExpositionFormatWriter openMetrics = formats.getOpenMetricsTextFormatWriter();
        return accept != null && openMetrics.accepts(accept)
                ? openMetrics
                : formats.getPrometheusTextFormatWriter();
    }
}
