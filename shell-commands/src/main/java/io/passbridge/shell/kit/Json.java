/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.kit;

import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Writes records as JSON (RFC 8259). A record becomes an object with its components in the order of
 * declaration, so that the output is stable; an enum constant its name in lower case with hyphens;
 * a moment ISO 8601; a length of time its seconds as a number. Types that are not listed here are
 * refused: nothing gets out that nobody meant to print.
 */
final class Json {
    private static final int FIRST_PRINTABLE = 0x20;
    private static final double NANOS_A_SECOND = 1e9;

    private Json() {}

    /** One element a line, so that line-wise tools can be used as well. */
    static String lines(List<?> elements) {
        if (elements.isEmpty()) {
            return "[]";
        }
        return elements.stream().map(Json::of).collect(Collectors.joining(",\n", "[\n", "\n]"));
    }

    /** A value on one line. */
    static String of(Object value) {
        StringBuilder text = new StringBuilder();
        write(value, text);
        return text.toString();
    }

    /** An enum constant as scripts and people see it: {@code decrypt-only}. */
    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void write(Object value, StringBuilder text) {
        if (value == null) {
            text.append("null");
        } else if (value instanceof Optional<?> optional) {
            write(optional.orElse(null), text);
        } else if (value instanceof Boolean || value instanceof Integer || value instanceof Long) {
            text.append(value);
        } else if (value instanceof Double number && Double.isFinite(number)) {
            text.append(number);
        } else if (value instanceof Duration length) {
            text.append(length.toNanos() / NANOS_A_SECOND);
        } else if (value instanceof Enum<?> constant) {
            quote(name(constant), text);
        } else if (value instanceof Instant moment) {
            // what clocks know beyond that is noise, and differs from one to the other
            quote(moment.truncatedTo(ChronoUnit.MILLIS).toString(), text);
        } else if (value instanceof CharSequence
                || value instanceof Path
                || value instanceof URI
                || value instanceof UUID) {
            quote(value.toString(), text);
        } else if (value instanceof Collection<?> several) {
            writeArray(several, text);
        } else if (value instanceof Map<?, ?> map) {
            writeMap(map, text);
        } else if (value instanceof Record fields) {
            writeRecord(fields, text);
        } else {
            throw new IllegalArgumentException("no JSON form for " + value.getClass().getName());
        }
    }

    private static void writeArray(Collection<?> elements, StringBuilder text) {
        String separator = "[";
        for (Object element : elements) {
            text.append(separator);
            write(element, text);
            separator = ",";
        }
        text.append(elements.isEmpty() ? "[]" : "]");
    }

    private static void writeMap(Map<?, ?> map, StringBuilder text) {
        String separator = "{";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            text.append(separator);
            Object key = entry.getKey();
            quote(key instanceof Enum<?> constant ? name(constant) : key.toString(), text);
            text.append(':');
            write(entry.getValue(), text);
            separator = ",";
        }
        text.append(map.isEmpty() ? "{}" : "}");
    }

    private static void writeRecord(Record fields, StringBuilder text) {
        text.append('{');
        writeComponents(fields, "", text);
        text.append('}');
    }

    /** Returns the separator for what follows. */
    private static String writeComponents(Record fields, String before, StringBuilder text) {
        String separator = before;
        for (RecordComponent component : fields.getClass().getRecordComponents()) {
            String name = JsonNames.of(fields.getClass(), component);
            Object value = read(fields, component);
            if (name.isEmpty()) {
                separator = writeUnpacked(value, separator, text);
            } else {
                text.append(separator);
                quote(name, text);
                text.append(':');
                write(value, text);
                separator = ",";
            }
        }
        return separator;
    }

    private static String writeUnpacked(Object value, String separator, StringBuilder text) {
        Object inside = value instanceof Optional<?> optional ? optional.orElse(null) : value;
        return inside instanceof Record packed
                ? writeComponents(packed, separator, text)
                : separator;
    }

    private static Object read(Record fields, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(fields);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }

    private static void quote(String value, StringBuilder text) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (c < FIRST_PRINTABLE || Character.isSurrogate(c) && !paired(value, i)) {
                        text.append(String.format("\\u%04x", (int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }

    /** A lone surrogate has no UTF-8 form and must be escaped. */
    private static boolean paired(String value, int i) {
        return Character.isHighSurrogate(value.charAt(i))
                ? i + 1 < value.length() && Character.isLowSurrogate(value.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(value.charAt(i - 1));
    }
}
