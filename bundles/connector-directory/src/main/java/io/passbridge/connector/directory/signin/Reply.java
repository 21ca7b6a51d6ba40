/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory.signin;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.nio.AsyncResponseProducer;
import org.apache.hc.core5.http.nio.support.AsyncResponseBuilder;

/** JSON with a status; texts, numbers, truth values, lists and objects of them. */
record Reply(int status, Map<String, Object> members) {
    private static final ContentType JSON = ContentType.create("application/json");

    static final Reply MISDIRECTED =
            error(421, "misdirected", "this server answers to 127.0.0.1 and localhost only");
    static final Reply NOT_FOUND = error(404, "not found", "there are /sign-in and /health");
    static final Reply METHOD = error(405, "malformed", "a sign-in is a POST");
    static final Reply FAILED = error(500, "failed", "see the platform's log");
    static final Reply BUSY =
            error(503, "unavailable", "too many sign-ins at once; try again in a moment");
    static final Reply UNAVAILABLE =
            error(503, "unavailable", "the directory's database cannot be reached");

    static Reply malformed(String why) {
        return error(400, "malformed", why);
    }

    static Reply of(SignIn.Result result) {
        if (result instanceof SignIn.Result.Accepted accepted) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("result", "ok");
            members.put("login", accepted.user().loginName());
            members.put("anchor", accepted.user().anchor());
            members.put("displayName", accepted.user().displayName());
            if (!accepted.user().attributes().isEmpty()) {
                members.put("attributes", accepted.user().attributes());
            }
            members.put("mustChange", accepted.mustChange());
            return new Reply(200, members);
        }
        if (result instanceof SignIn.Result.Later later) {
            long seconds = Math.max(1, later.pause().plusMillis(999).toSeconds());
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("result", "later");
            members.put("message", "too many attempts");
            members.put("retryAfterSeconds", seconds);
            return new Reply(429, members);
        }
        return error(
                401,
                "refused",
                "the name or the password is wrong, or the account may not sign in");
    }

    private static Reply error(int status, String result, String message) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("result", result);
        members.put("message", message);
        return new Reply(status, members);
    }

    /** As it goes over the wire. */
    AsyncResponseProducer message() {
        AsyncResponseBuilder message =
                AsyncResponseBuilder.create(status)
                        .setHeader("Cache-Control", "no-store")
                        .setEntity(json().getBytes(StandardCharsets.UTF_8), JSON);
        if (status == 429) {
            message.setHeader("Retry-After", members.get("retryAfterSeconds").toString());
        }
        if (status == 401) {
            message.setHeader("WWW-Authenticate", "Passbridge realm=\"directory\"");
        }
        if (status == 405) {
            message.setHeader("Allow", "POST");
        }
        return message.build();
    }

    private String json() {
        return value(members) + "\n";
    }

    private static String value(Object value) {
        if (value instanceof Map<?, ?> object) {
            return object.entrySet().stream()
                    .map(e -> quoted(e.getKey().toString()) + ":" + value(e.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Reply::value).collect(Collectors.joining(",", "[", "]"));
        }
        return value instanceof String text ? quoted(text) : value.toString();
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c) || c == '<') {
                quoted.append("\\u%04x".formatted((int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
