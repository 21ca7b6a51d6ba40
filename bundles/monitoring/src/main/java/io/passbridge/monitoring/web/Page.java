/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.monitoring.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** An answer that is of this moment. */
public final class Page {
    private Page() {}

    /** Sends a whole answer. */
    public static void send(HttpServletResponse response, String type, byte[] body)
            throws IOException {
        response.setContentType(type);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
