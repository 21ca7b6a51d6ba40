/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keycloak;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Reads the list of a request within limits of size and number. */
final class BoundedRequest {
    static final int MAX_BYTES = 1 << 20;
    static final int MAX_ITEMS = 500;

    private static final ObjectMapper JSON = new ObjectMapper();

    private BoundedRequest() {}

    /**
     * The elements of a member that is a list.
     *
     * @throws ClientErrorException with status 400 or 413; its message holds nothing of the request
     */
    static List<JsonNode> list(InputStream body, String member) {
        return list(read(body), member);
    }

    /** The same of a request that was read before. */
    static List<JsonNode> list(JsonNode request, String member) {
        JsonNode list = request.path(member);
        if (!list.isArray()) {
            throw refused(400, "the request has no list '" + member + "'");
        }
        if (list.size() > MAX_ITEMS) {
            throw refused(413, list.size() + " items; " + MAX_ITEMS + " are allowed");
        }
        List<JsonNode> elements = new ArrayList<>(list.size());
        list.forEach(elements::add);
        return elements;
    }

    /**
     * The whole request.
     *
     * @throws ClientErrorException with status 400 or 413; its message holds nothing of the request
     */
    static JsonNode read(InputStream body) {
        try {
            byte[] bytes = body.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw refused(413, "more than " + MAX_BYTES + " bytes");
            }
            JsonNode json = JSON.readTree(bytes);
            return json == null ? JSON.createObjectNode() : json;
        } catch (JsonProcessingException e) {
            // its message may quote the request
            throw refused(400, "the request is not JSON");
        } catch (IOException e) {
            throw refused(400, "the request broke off");
        }
    }

    static ClientErrorException refused(int status, String why) {
        return new ClientErrorException(
                Response.status(status)
                        .type("application/json")
                        .entity(JSON.createObjectNode().put("error", why).toString())
                        .build());
    }
}
