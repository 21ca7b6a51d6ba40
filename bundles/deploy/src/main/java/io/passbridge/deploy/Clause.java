/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A clause of a manifest header, as the OSGi core specification describes them in 3.2.3.
 *
 * @param name its path, as a package or a namespace
 * @param attributes by name, without their types
 * @param directives by name
 */
record Clause(String name, Map<String, String> attributes, Map<String, String> directives) {

    /** The clauses of a header; none of one that is not there. */
    static List<Clause> of(String header) {
        List<Clause> clauses = new ArrayList<>();
        for (String clause : split(header == null ? "" : header, ',')) {
            List<String> parts = split(clause, ';');
            Map<String, String> attributes = new TreeMap<>();
            Map<String, String> directives = new TreeMap<>();
            List<String> names = new ArrayList<>();
            for (String part : parts) {
                int equals = outsideQuotes(part, '=');
                if (equals < 0) {
                    names.add(part);
                } else if (equals > 0 && part.charAt(equals - 1) == ':') {
                    directives.put(part.substring(0, equals - 1).strip(), value(part, equals));
                } else {
                    String name = part.substring(0, equals).strip();
                    int type = name.indexOf(':');
                    attributes.put(
                            type < 0 ? name : name.substring(0, type).strip(), value(part, equals));
                }
            }
            names.forEach(name -> clauses.add(new Clause(name, attributes, directives)));
        }
        return clauses;
    }

    private static String value(String part, int equals) {
        String value = part.substring(equals + 1).strip();
        return value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
    }

    /** The parts of a text between separators that are not quoted, without empty ones. */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        String rest = text;
        while (!rest.isEmpty()) {
            int at = outsideQuotes(rest, separator);
            String part = (at < 0 ? rest : rest.substring(0, at)).strip();
            if (!part.isEmpty()) {
                parts.add(part);
            }
            rest = at < 0 ? "" : rest.substring(at + 1);
        }
        return parts;
    }

    private static int outsideQuotes(String text, char sought) {
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '"') {
                quoted = !quoted;
            } else if (text.charAt(i) == sought && !quoted) {
                return i;
            }
        }
        return -1;
    }

    boolean optional() {
        String resolution = directives.getOrDefault("resolution", "");
        return resolution.equals("optional") || resolution.equals("dynamic");
    }
}
