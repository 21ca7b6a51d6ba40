/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory.signin;

import io.passbridge.connector.ConnectorException;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is to be had over HTTP: sign-ins, and whether the server runs. Thread-safe. */
final class SignInResource {
    static final String PATH = "/sign-in";

    private static final Logger LOG = LoggerFactory.getLogger(SignInResource.class);
    private static final Pattern OWN_NAMES = Pattern.compile("(127\\.0\\.0\\.1|localhost)");
    private static final Pattern FORM =
            Pattern.compile("(?i)application/x-www-form-urlencoded\\s*(;.*)?");
    private static final Pattern JSON = Pattern.compile("(?i)application/json\\s*(;.*)?");

    private final SignIn signIn;

    SignInResource(SignIn signIn) {
        this.signIn = signIn;
    }

    /**
     * Answers a request.
     *
     * @param body at most {@link RequestBody#MOST} bytes, or one more if it was longer; wiped
     * @param peer who asks
     */
    Reply answer(HttpRequest request, byte[] body, InetAddress peer) {
        try {
            if (isForeign(request)) {
                return Reply.MISDIRECTED;
            }
            return switch (request.getPath().split("\\?", 2)[0]) {
                case PATH -> signIn(request, body, peer);
                case "/health" -> new Reply(200, Map.of("result", "ok"));
                default -> Reply.NOT_FOUND;
            };
        } catch (RuntimeException e) {
            LOG.warn("a request to the cloud directory failed", e);
            return Reply.FAILED;
        } finally {
            Arrays.fill(body, (byte) 0);
        }
    }

    /**
     * A page that a browser loaded from elsewhere must not reach this server by a name of its own.
     */
    private static boolean isForeign(HttpRequest request) {
        return request.getAuthority() == null
                || !OWN_NAMES.matcher(request.getAuthority().getHostName()).matches();
    }

    /**
     * Whether a page that a browser loaded from elsewhere cannot have sent it. A browser sends JSON
     * across origins only after asking, and nobody answers that; what curl calls its data by
     * default, it sends with the origin of the page.
     */
    private static boolean isMeant(HttpRequest request) {
        Header type = request.getFirstHeader("Content-Type");
        if (type == null) {
            return false;
        }
        return JSON.matcher(type.getValue()).matches()
                || FORM.matcher(type.getValue()).matches()
                        && !request.containsHeader("Origin")
                        && !request.containsHeader("Referer")
                        && !request.containsHeader("Sec-Fetch-Site");
    }

    private Reply signIn(HttpRequest request, byte[] body, InetAddress peer) {
        if (!request.getMethod().equals("POST")) {
            return Reply.METHOD;
        }
        if (!isMeant(request)) {
            return Reply.malformed("the content type must be application/json");
        }
        if (body.length > RequestBody.MOST) {
            return Reply.malformed("the body is longer than " + RequestBody.MOST + " bytes");
        }
        try (SignInRequest parsed = SignInRequest.parse(body)) {
            String client =
                    parsed.client().isEmpty() ? peer.getHostAddress() : "for " + parsed.client();
            return Reply.of(signIn.attempt(parsed.login(), parsed.password(), client));
        } catch (IllegalArgumentException e) {
            return Reply.malformed(e.getMessage());
        } catch (ConnectorException e) {
            LOG.warn("a sign-in cannot be checked: {}", e.getMessage());
            return Reply.UNAVAILABLE;
        }
    }
}
